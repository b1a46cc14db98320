resource "aws_kms_key" "this" {
  count       = 1
  description = "this"
}

output "arn" {
  value = aws_kms_key.this[0].arn
}

output "tried" {
  value = try(aws_kms_key.this[0].arn, null)
}

output "one" {
  value = one(aws_kms_key.this[*].arn)
}

output "splat" {
  value = aws_kms_key.this[*].arn
}

output "all" {
  value = { arn = aws_kms_key.this[0].arn, rotates = aws_kms_key.this[0].enable_key_rotation }
}

output "whole" {
  value = aws_kms_key.this
}

output "local" {
  value = local.arn
}

output "nothing" {
  value = null
}

locals {
  arn = aws_kms_key.this[0].arn
}
