variable "description" {
  type = string
}

resource "aws_kms_key" "this" {
  description = var.description
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
