variable "create" {
  type = bool
}

variable "key_arn" {
  type = string
}

resource "aws_kms_key" "this" {
  count       = var.create ? 1 : 0
  description = "own"
}

output "key_arn" {
  value = var.create ? aws_kms_key.this[0].arn : var.key_arn
}
