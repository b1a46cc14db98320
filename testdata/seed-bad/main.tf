# The same portal with every mistake of the strategy that the first rules can see.
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
      owner = "portal-team"
    }
  }
}

# One key for everything, never rotated, gone after a week.
resource "aws_kms_key" "shared" {
  description             = "Portal: all purposes"
  enable_key_rotation     = false
  deletion_window_in_days = 7

  tags = {
    data-class = "financial"
  }
}

# pii with the key of S3 itself.
resource "aws_s3_bucket" "profiles" {
  bucket = "portal-profiles.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "profiles" {
  bucket = aws_s3_bucket.profiles.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# pii under the key of another category.
resource "aws_s3_bucket" "exports" {
  bucket = "portal-exports.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shared.arn
    }
  }
}

# The one store that the shared key is right for.
resource "aws_dynamodb_table" "payments" {
  name         = "portal-payments"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "payment_id"

  attribute {
    name = "payment_id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.shared.arn
  }

  tags = {
    data-class = "financial"
  }
}

# Nothing said about encryption: DynamoDB's own key.
resource "aws_dynamodb_table" "refunds" {
  name         = "portal-refunds"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "refund_id"

  attribute {
    name = "refund_id"
    type = "S"
  }

  tags = {
    data-class = "financial"
  }
}

# Not encrypted at all, and with a public address.
resource "aws_db_instance" "members" {
  identifier                          = "portal-members"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 100
  username                            = "portal"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  publicly_accessible                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "pii"
  }
}

# Encrypted, but with the key that every database of the account shares; without backups, and for passwords only.
resource "aws_db_instance" "patients" {
  identifier                  = "portal-patients"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = true
  storage_encrypted           = true

  tags = {
    data-class = "health"
  }
}

# Not encrypted either, and deleted with one call.
resource "aws_rds_cluster" "invoices" {
  cluster_identifier                  = "portal-invoices"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = false
}

resource "aws_ebs_volume" "search" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "alarms" {
  name = "portal-alarms"

  tags = {
    data-class = "operational"
  }
}

# A secret that holds personal data, on the default key of Secrets Manager.
resource "aws_secretsmanager_secret" "test_logins" {
  name = "portal/test-logins"

  tags = {
    data-class = "pii"
  }
}

# No tag: taken for audit logs, with reserve.
resource "aws_cloudwatch_log_group" "portal" {
  name = "/portal/application"
}

# No tag, no key: nobody has said what this is.
resource "aws_s3_bucket" "drop" {
  bucket = "portal-drop.example.com"
}
