variable "create" {
  type    = bool
  default = true
}

variable "create_external" {
  type    = bool
  default = false
}

resource "aws_kms_key" "this" {
  count               = var.create && !var.create_external ? 1 : 0
  description         = "for health"
  enable_key_rotation = true

  tags = {
    data-class = "health"
  }
}

resource "aws_kms_external_key" "this" {
  count       = var.create && var.create_external ? 1 : 0
  description = "for health, with our own material"

  tags = {
    data-class = "health"
  }
}

output "key_arn" {
  value = try(aws_kms_key.this[0].arn, aws_kms_external_key.this[0].arn, null)
}
