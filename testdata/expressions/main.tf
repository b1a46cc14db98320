# What Terraform makes of every construct that planseal evaluates: each output is one expression, and the unit test of
# src/model/evaluate compares planseal's answer with the plan's. There is no store here.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "text" {
  type    = string
  default = "Text"
}

variable "number_as_text" {
  type    = string
  default = 8080
}

variable "text_as_number" {
  type    = number
  default = "12.50"
}

variable "text_as_bool" {
  type    = bool
  default = "true"
}

variable "bool_as_text" {
  type    = string
  default = true
}

variable "list" {
  type    = list(string)
  default = ["b", "a", "b"]
}

variable "list_of_numbers_as_text" {
  type    = list(string)
  default = [1, 2.5, true]
}

variable "set" {
  type    = set(string)
  default = ["b", "a", "b"]
}

variable "set_of_numbers" {
  type    = set(number)
  default = [10, 9, 9]
}

variable "map" {
  type    = map(string)
  default = { b = "two", a = "one", n = 3 }
}

variable "anything" {
  type    = any
  default = { deep = [{ name = "x" }] }
}

variable "untyped" {
  default = [1, "x"]
}

variable "nothing" {
  type    = string
  default = null
}

variable "empty_list" {
  type    = list(string)
  default = []
}

variable "settings" {
  type = object({
    name    = string
    size    = optional(number, 10)
    zone    = optional(string)
    labels  = optional(map(string), {})
    nested  = optional(object({ on = optional(bool, true), key = optional(string) }), {})
    entries = optional(list(object({ name = string, port = optional(number, 443) })), [])
  })
  default = {
    name    = "s"
    size    = null
    more    = "goes away"
    entries = [{ name = "one" }, { name = "two", port = "80" }]
  }
}

variable "settings_by_name" {
  type    = map(object({ key = optional(string, "default"), on = optional(bool) }))
  default = { a = {}, b = { key = "own", on = "false" } }
}

variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "never_null" {
  type     = string
  default  = "given"
  nullable = false
}

locals {
  name    = "name"
  yes     = true
  no      = false
  none    = null
  numbers = [3, 1, 2]
  object  = { b = 2, a = 1, c = { d = "deep" } }
  people = [
    { name = "ann", role = "dev", age = 30 },
    { name = "bob", role = "ops", age = 20 },
    { name = "cid", role = "dev", age = 25 },
  ]
  empty_object = {}
  chained      = "${local.name}-${var.text}"
  keys         = { pii = aws_kms_key.one.arn, none = null }
  key_list     = [aws_kms_key.one.arn, null, "arn:aws:kms:eu-central-1:111122223333:key/x"]
  create       = length(aws_kms_key.counted) > 0
}

resource "aws_kms_key" "one" {
  description             = "one"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "operational"
    Name       = "one"
  }
}

resource "aws_kms_key" "counted" {
  count = 2

  description             = "counted ${count.index}"
  enable_key_rotation     = true
  deletion_window_in_days = 20 + count.index

  tags = {
    data-class = "operational"
  }
}

resource "aws_kms_key" "none" {
  count = 0
}

resource "aws_kms_key" "named" {
  for_each = { x = 14, "y.z" = 15 }

  description             = "key ${each.key}"
  enable_key_rotation     = each.value > 0
  deletion_window_in_days = each.value

  tags = {
    data-class = "operational"
  }
}

resource "terraform_data" "known" {
  input = { name = "known", list = ["a", "b"] }
}

resource "terraform_data" "unknown" {
  input = aws_kms_key.one.arn
}

resource "terraform_data" "partly" {
  input = { arn = aws_kms_key.one.arn, name = "partly" }
}

resource "terraform_data" "counted" {
  count = 3
  input = count.index * 2
}

resource "terraform_data" "each_of_set" {
  for_each = toset(["q", "p"])
  input    = "${each.key}=${each.value}"
}

module "one" {
  source = "./modules/part"
  name   = "one"
}

module "counted" {
  source = "./modules/part"
  count  = 2
  name   = "counted-${count.index}"
  key    = aws_kms_key.counted[count.index].arn
  copies = count.index
}

module "named" {
  source   = "./modules/part"
  for_each = { first = "f", second = "s" }
  name     = "${each.key}-${each.value}"
  key      = each.key == "first" ? aws_kms_key.one.arn : null
  settings = { tier = each.value }
}

module "nothing_passed" {
  source     = "./modules/part"
  name       = "n"
  never_null = null
  settings   = null
}
