# Nothing changes in the configuration: what is read from AWS now shows what came of it.
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

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

resource "aws_kms_key" "pii" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "pii" {
  key_id = aws_kms_key.pii.id

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

# Its configuration is deleted.
resource "aws_s3_bucket" "destroyed" {
  bucket = "companions-destroyed.example.com"
}

# Its configuration will be forgotten.
resource "aws_s3_bucket" "forgotten" {
  bucket = "companions-forgotten.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "forgotten" {
  bucket = aws_s3_bucket.forgotten.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Its configuration will be replaced: deleted, and made again.
resource "aws_s3_bucket" "replaced" {
  bucket = "companions-replaced.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "replaced" {
  bucket = aws_s3_bucket.replaced.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Its configuration will be replaced the other way round: made again, and then the old one is deleted, which is the same setting.
resource "aws_s3_bucket" "swapped" {
  bucket = "companions-swapped.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "swapped" {
  bucket = aws_s3_bucket.swapped.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Its configuration will get another name.
resource "aws_s3_bucket" "moved" {
  bucket = "companions-moved.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "moved" {
  bucket = aws_s3_bucket.moved.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Its configuration will get another name, too.
resource "aws_s3_bucket" "renamed" {
  bucket = "companions-renamed.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "renamed" {
  bucket = aws_s3_bucket.renamed.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# One of its two configurations is deleted, and takes the setting of the other one along.
resource "aws_s3_bucket" "doubled" {
  bucket = "companions-doubled.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "doubled" {
  bucket = aws_s3_bucket.doubled.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# The deprecated block.
resource "aws_s3_bucket" "separated" {
  bucket = "companions-separated.example.com"

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.pii.arn
      }
    }
  }
}

# From a resource of its own to the deprecated block, which shows no change, and is not written.
resource "aws_s3_bucket" "inlined" {
  bucket = "companions-inlined.example.com"

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.pii.arn
      }
    }
  }
}
