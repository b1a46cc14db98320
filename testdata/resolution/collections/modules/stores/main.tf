variable "keys" {
  type = object({ pii = string, financial = string })
}

variable "single" {
  type = object({ kms = optional(string), size = optional(number, 8) })
}

variable "map" {
  type = map(string)
}

variable "list" {
  type = list(string)
}

variable "defaults" {
  type = object({
    kms    = optional(string)
    given  = optional(string, "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555")
    nested = optional(object({ kms = optional(string) }), {})
  })
  default = {}
}

variable "stores" {
  type = map(object({ kms = optional(string), size = optional(number, 8) }))
}

resource "aws_ebs_volume" "object" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.keys.pii
}

resource "aws_ebs_volume" "object_index" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.keys["financial"]
}

resource "aws_ebs_volume" "single" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.single.kms
}

resource "aws_cloudwatch_log_group" "single" {
  name       = "/single"
  kms_key_id = var.single.kms
}

resource "aws_ebs_volume" "map" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.map["pii"]
}

resource "aws_ebs_volume" "list" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.list[1]
}

resource "aws_cloudwatch_log_group" "list" {
  name       = "/list"
  kms_key_id = var.list[1]
}

resource "aws_ebs_volume" "optional" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.defaults.kms
}

resource "aws_ebs_volume" "optional_default" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.defaults.given
}

resource "aws_ebs_volume" "optional_nested" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.defaults.nested.kms
}

resource "aws_ebs_volume" "optional_coalesce" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = coalesce(var.defaults.kms, var.single.kms)
}

resource "aws_ebs_volume" "each" {
  for_each          = var.stores
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value.kms
}
