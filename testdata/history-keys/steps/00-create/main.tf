# Open keys, a shared key, a bucket without a bucket key; and EBS encryption by default.
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
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}

locals {
  everyone = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Everyone", Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:*", Resource = "*" }]
  })
  account = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Account", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_kms_key" "always_open" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = local.everyone
}

# Closed, and opened later.
resource "aws_kms_key" "opened" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = local.account
}

# Open, and closed later.
resource "aws_kms_key" "closed" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = local.everyone
}

# Its policy is a resource of its own, which AWS shows in the key as well.
resource "aws_kms_key" "separate" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key_policy" "separate" {
  key_id = aws_kms_key.separate.id
  policy = local.everyone
}

resource "aws_kms_key" "shared" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key" "logs" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

# Leaves this configuration in the next step.
resource "aws_kms_key" "outside" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "outside" {
  name          = "alias/history-outside"
  target_key_id = aws_kms_key.outside.key_id
}

resource "aws_sns_topic" "payments" {
  name              = "history-keys-payments"
  kms_master_key_id = aws_kms_key.shared.arn

  tags = {
    data-class = "financial"
  }
}

# Under the payments' key.
resource "aws_sns_topic" "audit" {
  name              = "history-keys-audit"
  kms_master_key_id = aws_kms_key.shared.arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_s3_bucket" "uploads" {
  bucket = "history-keys.example.com"

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    bucket_key_enabled = false

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shared.arn
    }
  }
}

resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.shared.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}
