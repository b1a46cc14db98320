resource "aws_kms_key" "this" {
  description = "this"
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
