# S3 table buckets and tables. Neither has tags; a table without a setting has that of its bucket.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3tables_table_bucket" "unset" {
  name = "unset"
}

resource "aws_s3tables_table_bucket" "owned" {
  name = "owned"

  encryption_configuration = {
    sse_algorithm = "AES256"
    kms_key_arn   = null
  }
}

resource "aws_s3tables_table_bucket" "cmk" {
  name = "cmk"

  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = aws_kms_key.person.arn
  }
}

resource "aws_s3tables_table_bucket" "outside" {
  name = "outside"

  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

# SSE-KMS without a key.
resource "aws_s3tables_table_bucket" "keyless" {
  name = "keyless"

  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = null
  }
}

resource "aws_s3tables_table" "in_unset" {
  name             = "in_unset"
  namespace        = "space"
  table_bucket_arn = aws_s3tables_table_bucket.unset.arn
  format           = "ICEBERG"
}

# As its bucket, in level and in category.
resource "aws_s3tables_table" "in_cmk" {
  name             = "in_cmk"
  namespace        = "space"
  table_bucket_arn = aws_s3tables_table_bucket.cmk.arn
  format           = "ICEBERG"
}

# Weaker than its bucket.
resource "aws_s3tables_table" "owned_in_cmk" {
  name             = "owned_in_cmk"
  namespace        = "space"
  table_bucket_arn = aws_s3tables_table_bucket.cmk.arn
  format           = "ICEBERG"

  encryption_configuration = {
    sse_algorithm = "AES256"
    kms_key_arn   = null
  }
}

resource "aws_s3tables_table" "cmk_in_unset" {
  name             = "cmk_in_unset"
  namespace        = "space"
  table_bucket_arn = aws_s3tables_table_bucket.unset.arn
  format           = "ICEBERG"

  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = aws_kms_key.person.arn
  }
}

# Its bucket is not in this plan.
resource "aws_s3tables_table" "elsewhere" {
  name             = "elsewhere"
  namespace        = "space"
  table_bucket_arn = "arn:aws:s3tables:eu-central-1:111122223333:bucket/elsewhere"
  format           = "ICEBERG"
}
