# Encryption configurations at birth, all of them right.
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

# Its configuration will be deleted.
resource "aws_s3_bucket" "destroyed" {
  bucket = "companions-destroyed.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "destroyed" {
  bucket = aws_s3_bucket.destroyed.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
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

# Two configurations that say the same.
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

resource "aws_s3_bucket_server_side_encryption_configuration" "doubled_again" {
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

# A resource of its own will become the deprecated block.
resource "aws_s3_bucket" "inlined" {
  bucket = "companions-inlined.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inlined" {
  bucket = aws_s3_bucket.inlined.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}
