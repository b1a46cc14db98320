# The configuration is unchanged; the plan replaces the pii key (-replace), and both buckets move to the new one.
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

resource "aws_kms_key" "pii" {
  description             = "personal data"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_alias" "pii" {
  name          = "alias/history-pii"
  target_key_id = aws_kms_key.pii.key_id
}

resource "aws_kms_key" "financial" {
  description             = "money"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_key" "general" {
  description             = "everything else"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "operational"
  }
}

resource "aws_kms_key" "retired" {
  description             = "no store of this plan uses it"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "operational"
  }
}

output "financial_key_arn" {
  value = aws_kms_key.financial.arn
}

# Right from the start.
resource "aws_s3_bucket" "members" {
  bucket = "history-members.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "members" {
  bucket = aws_s3_bucket.members.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_s3_bucket" "archive" {
  bucket = "history-archive.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "archive" {
  bucket = aws_s3_bucket.archive.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_dynamodb_table" "ledger" {
  name         = "history-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.financial.arn
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "history-alerts"
  kms_master_key_id = aws_kms_key.general.arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_secretsmanager_secret" "webhook" {
  name                    = "history/webhook"
  recovery_window_in_days = 7

  tags = {
    data-class = "operational"
  }
}

# Below the minimum from the start: the key is left to AWS.
resource "aws_db_instance" "members" {
  identifier          = "history-members"
  engine              = "postgres"
  instance_class      = "db.m6g.large"
  allocated_storage   = 20
  username            = "history"
  password            = "not-a-secret-only-a-test"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "sessions" {
  name         = "history-sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket" "exports" {
  bucket = "history-exports.example.com"

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

# Encrypted with the default key of the account, whichever that is.
resource "aws_ebs_volume" "cache" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = "financial"
  }
}

# Left to the account altogether.
resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}

# Without a tag, and without a key.
resource "aws_cloudwatch_log_group" "app" {
  name              = "/history/app"
  retention_in_days = 30
}
