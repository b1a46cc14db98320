variable "name" {
  type = string
}

variable "key" {
  type    = string
  default = null
}

variable "copies" {
  default = 0
}

variable "never_null" {
  type     = string
  default  = "default"
  nullable = false
}

variable "settings" {
  type    = object({ tier = optional(string, "gold") })
  default = {}
}

locals {
  own = "${var.name}!"
}

resource "terraform_data" "this" {
  count = var.copies
  input = var.key
}

output "name" {
  value = local.own
}

output "key" {
  value = var.key
}

output "never_null" {
  value = var.never_null
}

output "settings" {
  value = var.settings
}

output "made" {
  value = length(terraform_data.this)
}

output "id" {
  value = one(terraform_data.this[*].id)
}
