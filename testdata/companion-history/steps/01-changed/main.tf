# Every way in which a configuration may go while its bucket stays.
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

# Its configuration is deleted.
resource "aws_s3_bucket" "destroyed" {
  bucket = "companions-destroyed.example.com"
}

# Its configuration leaves the state, not the account.
resource "aws_s3_bucket" "forgotten" {
  bucket = "companions-forgotten.example.com"
}

removed {
  from = aws_s3_bucket_server_side_encryption_configuration.forgotten

  lifecycle {
    destroy = false
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

# Its configuration has a new name, and a block that says so.
resource "aws_s3_bucket" "moved" {
  bucket = "companions-moved.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "moved_here" {
  bucket = aws_s3_bucket.moved.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

moved {
  from = aws_s3_bucket_server_side_encryption_configuration.moved
  to   = aws_s3_bucket_server_side_encryption_configuration.moved_here
}

# Its configuration has a new name, and nothing says so: one is deleted while the other one is made.
resource "aws_s3_bucket" "renamed" {
  bucket = "companions-renamed.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "renamed_here" {
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

# From the deprecated block to a resource of its own.
resource "aws_s3_bucket" "separated" {
  bucket = "companions-separated.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "separated" {
  bucket = aws_s3_bucket.separated.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
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
