# An attribute that is an object has one expression for all that is in it.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

variable "on" {
  type    = bool
  default = false
}

resource "aws_s3tables_table_bucket" "plain" {
  name = "plain"
  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = aws_kms_key.a.arn
  }
}

resource "aws_s3tables_table_bucket" "chosen" {
  name = "chosen"
  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = var.on ? aws_kms_key.a.arn : aws_kms_key.b.arn
  }
}

resource "aws_s3tables_table_bucket" "local" {
  name                     = "local"
  encryption_configuration = local.encryption
}

locals {
  encryption = { sse_algorithm = "aws:kms", kms_key_arn = aws_kms_key.a.arn }
}
