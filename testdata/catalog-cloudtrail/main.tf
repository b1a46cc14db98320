# Trails: what they write is audit logs, whatever they are tagged or not.
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

resource "aws_kms_key" "logs" {
  description         = "audit-logs"
  enable_key_rotation = true

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

# Audit logs, for trails write to it.
resource "aws_s3_bucket" "trails" {
  bucket = "trails.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trails" {
  bucket = aws_s3_bucket.trails.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.logs.arn
    }
  }
}

resource "aws_cloudtrail" "unset" {
  name           = "unset"
  s3_bucket_name = aws_s3_bucket.trails.id
}

resource "aws_cloudtrail" "own_key" {
  name           = "own-key"
  s3_bucket_name = aws_s3_bucket.trails.id
  kms_key_id     = aws_kms_key.logs.arn
}

resource "aws_cloudtrail" "own_key_elsewhere" {
  name           = "own-key-elsewhere"
  s3_bucket_name = aws_s3_bucket.trails.id
  kms_key_id     = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
}

resource "aws_cloudtrail" "tagged" {
  name           = "tagged"
  s3_bucket_name = aws_s3_bucket.trails.id

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_cloudtrail" "tagged_wrong_key" {
  name           = "tagged-wrong-key"
  s3_bucket_name = aws_s3_bucket.trails.id
  kms_key_id     = aws_kms_key.everyday.arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_cloudtrail" "tagged_pii" {
  name           = "tagged-pii"
  s3_bucket_name = aws_s3_bucket.trails.id

  tags = {
    data-class = "pii"
  }
}
