# S3 Bucket Keys: a choice with SSE-KMS, and none with the other ways of encryption.
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

variable "rules" {
  type    = list(bool)
  default = [false]
}

resource "terraform_data" "setting" {
  input = "setting"
}

resource "aws_kms_key" "general" {
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket" "this" {
  for_each = toset(["on", "off", "unset", "aws_key", "unknown", "twofold", "own_key", "dynamic", "dynamic_unknown", "unencrypted"])
  bucket   = "${replace(each.key, "_", "-")}.bucket-keys.example.com"

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "on" {
  bucket = aws_s3_bucket.this["on"].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "off" {
  bucket = aws_s3_bucket.this["off"].id

  rule {
    bucket_key_enabled = false

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "unset" {
  bucket = aws_s3_bucket.this["unset"].id

  rule {

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aws_key" {
  bucket = aws_s3_bucket.this["aws_key"].id

  rule {

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"

    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "unknown" {
  bucket = aws_s3_bucket.this["unknown"].id

  rule {
    bucket_key_enabled = terraform_data.setting.id != ""

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

# No bucket keys: two layers of encryption, and keys that are S3's own.

resource "aws_s3_bucket_server_side_encryption_configuration" "twofold" {
  bucket = aws_s3_bucket.this["twofold"].id

  rule {

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms:dsse"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "own_key" {
  bucket = aws_s3_bucket.this["own_key"].id

  rule {

    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"

    }
  }
}

# The bucket is in another configuration.

resource "aws_s3_bucket_server_side_encryption_configuration" "elsewhere" {
  bucket = "elsewhere.bucket-keys.example.com"

  rule {

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.general.arn
    }
  }
}

# Terraform tells what comes of a dynamic block where it knows the collection.
resource "aws_s3_bucket_server_side_encryption_configuration" "dynamic" {
  bucket = aws_s3_bucket.this["dynamic"].id

  dynamic "rule" {
    for_each = var.rules

    content {
      bucket_key_enabled = rule.value

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dynamic_unknown" {
  bucket = aws_s3_bucket.this["dynamic_unknown"].id

  dynamic "rule" {
    for_each = terraform_data.setting.id != "" ? [true] : []

    content {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.general.arn
      }
    }
  }
}

# The bucket's own block.

resource "aws_s3_bucket" "inline_on" {
  bucket = "inline-on.bucket-keys.example.com"

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.general.arn
      }
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket" "inline_unset" {
  bucket = "inline-unset.bucket-keys.example.com"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.general.arn
      }
    }
  }

  tags = {
    data-class = "operational"
  }
}
