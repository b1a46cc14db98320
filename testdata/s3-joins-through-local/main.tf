# Encryption configurations that name their bucket by what plan JSON does not show: a local value, or a condition.
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

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

variable "first" {
  type    = bool
  default = true
}

locals {
  local_bucket = aws_s3_bucket.through_local.id
  literal_name = "joins-literal-local.example.com"
}

resource "aws_kms_key" "pii" {
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

# The bucket's id through a local value: which bucket that is, the plan does not tell.
resource "aws_s3_bucket" "through_local" {
  bucket = "joins-through-local.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "through_local" {
  bucket = local.local_bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# A literal through a local value: the plan has the name itself.
resource "aws_s3_bucket" "literal_local" {
  bucket = local.literal_name
}

resource "aws_s3_bucket_server_side_encryption_configuration" "literal_local" {
  bucket = local.literal_name

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# One of two buckets, by a condition.
resource "aws_s3_bucket" "either" {
  bucket = "joins-either.example.com"
}

resource "aws_s3_bucket" "or" {
  bucket = "joins-or.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "either" {
  bucket = var.first ? aws_s3_bucket.either.id : aws_s3_bucket.or.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Without any configuration. That of the local value might be its.
resource "aws_s3_bucket" "bare" {
  bucket = "joins-bare.example.com"
}

# With a configuration that is certain: the doubtful ones change nothing.
resource "aws_s3_bucket" "certain" {
  bucket = "joins-certain.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "certain" {
  bucket = aws_s3_bucket.certain.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
