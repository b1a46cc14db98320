resource "aws_kms_key" "this" {
  description = "this"
}

output "key_arn" {
  value = aws_kms_key.this.arn
}

output "rotates" {
  value = aws_kms_key.this.enable_key_rotation
}
