variable "name" {
  type = string
}

variable "mode" {
  type     = string
  default  = "shared"
  nullable = false
}

variable "settings" {
  type = object({
    mode = optional(string, "shared")
  })
  default = {}
}

variable "a" {
  type = string
}

variable "b" {
  type = string
}

resource "aws_cloudwatch_log_group" "this" {
  name       = var.name
  kms_key_id = var.mode == "shared" && var.settings.mode == "shared" ? var.b : var.a
}
