resource "aws_kms_key" "main" {
  description = "main"
}

resource "aws_kms_key" "spare" {
  description = "spare"
}

output "main_arn" {
  value = aws_kms_key.main.arn
}

output "spare_arn" {
  value = aws_kms_key.spare.arn
}
