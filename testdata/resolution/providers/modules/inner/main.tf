resource "aws_kms_key" "this" {
  description = "app"
}

resource "aws_kms_alias" "this" {
  name          = "alias/inner"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_sns_topic" "this" {
  name              = "this"
  kms_master_key_id = "alias/inner"
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
