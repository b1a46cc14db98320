# The key hierarchy of the seed, as it should be: a module makes one key for each kind of data, with policy, tags and alias.
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

locals {
  # The key for secrets and the one for backups are for no category: their tags say what they are for.
  keys = {
    cmk-pii       = "pii"
    cmk-financial = "financial"
    cmk-logs      = "audit-logs"
    cmk-secrets   = "secrets"
    cmk-backup    = "backup"
    cmk-general   = "operational"
  }
}

resource "aws_kms_key" "this" {
  for_each                = local.keys
  description             = each.key
  enable_key_rotation     = true
  rotation_period_in_days = 180

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = each.value
    managed-by = "terraform"
  }
}

resource "aws_kms_alias" "this" {
  for_each      = local.keys
  name          = "alias/${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

resource "aws_sns_topic" "customers" {
  name              = "customers"
  kms_master_key_id = aws_kms_key.this["cmk-pii"].arn

  tags = { data-class = "pii" }
}

resource "aws_dynamodb_table" "transactions" {
  name         = "transactions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this["cmk-financial"].arn
  }

  tags = { data-class = "financial" }
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.this["cmk-logs"].arn

  tags = { data-class = "audit-logs" }
}

resource "aws_secretsmanager_secret" "mailer" {
  name       = "mailer"
  kms_key_id = aws_kms_key.this["cmk-secrets"].arn

  tags = { data-class = "operational" }
}

resource "aws_backup_vault" "main" {
  name        = "main"
  kms_key_arn = aws_kms_key.this["cmk-backup"].arn

  tags = { data-class = "operational" }
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = aws_kms_key.this["cmk-general"].arn

  tags = { data-class = "operational" }
}
