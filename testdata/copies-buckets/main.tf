# Replication of S3 objects: the key of the replicas.
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

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# With a policy of its own, so that what is under it has all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true
  multi_region        = true

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

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_replica_key" "pii" {
  provider        = aws.west
  primary_key_arn = aws_kms_key.pii.arn

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

  tags = {
    data-class = "pii"
  }
}

locals {
  replica_key = aws_kms_replica_key.pii.arn
}

resource "aws_s3_bucket" "letters" {
  bucket = "copies-letters.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "letters" {
  bucket = aws_s3_bucket.letters.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket" "assets" {
  bucket = "copies-assets.example.com"

  tags = {
    data-class = "public"
  }
}

resource "aws_s3_bucket_replication_configuration" "keyed" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"

      encryption_configuration {
        replica_kms_key_id = aws_kms_replica_key.pii.arn
      }
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "aws" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"
      }
    }
  }
}

# A plan alone does not show what a local value is.
resource "aws_s3_bucket_replication_configuration" "local" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"

      encryption_configuration {
        replica_kms_key_id = local.replica_key
      }
    }
  }
}

# Nothing is replicated.
resource "aws_s3_bucket_replication_configuration" "disabled" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Disabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"
      }
    }
  }
}

# Replicas of what is under SSE-S3 are, too; objects under SSE-KMS have none.
resource "aws_s3_bucket_replication_configuration" "assets" {
  bucket = aws_s3_bucket.assets.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "letters_without" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "elsewhere" {
  bucket = "copies-elsewhere.example.com"
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "all"
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::copies-west.example.com"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"
      }
    }
  }
}
