# Data under other keys than those that it belongs under, and look-alikes that are right or of which nothing is said.
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

# How a key says what it is for: a category, a tag of the hierarchy, an alias that ends so.

resource "aws_kms_key" "pii" {
  enable_key_rotation = true
  tags                = { data-class = "pii" }
}

resource "aws_kms_key" "health" {
  enable_key_rotation = true
  tags                = { data-class = "health" }
}

resource "aws_kms_key" "general" {
  enable_key_rotation = true
  tags                = { data-class = "operational" }
}

# An everyday category, and an alias that says more.
resource "aws_kms_key" "secrets" {
  enable_key_rotation = true
  tags                = { data-class = "operational" }
}

resource "aws_kms_alias" "secrets" {
  name          = "alias/shop-secrets"
  target_key_id = aws_kms_key.secrets.key_id
}

resource "aws_kms_key" "backup" {
  enable_key_rotation = true
  tags                = { data-class = "backup" }
}

resource "aws_kms_key" "nothing" {
  enable_key_rotation = true
}

resource "terraform_data" "class" {
  input = "x"
}

resource "aws_kms_key" "late" {
  enable_key_rotation = true
  tags                = { data-class = terraform_data.class.id }
}

# Elsewhere than where it belongs.

resource "aws_secretsmanager_secret" "under_general" {
  name       = "under-general"
  kms_key_id = aws_kms_key.general.arn
  tags       = { data-class = "operational" }
}

# Untagged: that its key is for personal data says nothing of what it holds.
resource "aws_backup_vault" "under_pii" {
  name        = "under-pii"
  kms_key_arn = aws_kms_key.pii.arn
}

resource "aws_sqs_queue" "under_health" {
  name              = "under-health"
  kms_master_key_id = aws_kms_key.health.arn
  tags              = { data-class = "operational" }
}

resource "aws_sqs_queue" "under_backup_by_name" {
  name              = "under-backup-by-name"
  kms_master_key_id = "alias/platform/cmk-backup"
  tags              = { data-class = "operational" }
}

# Audit logs by its type, which is only assumed.
resource "aws_cloudwatch_log_group" "under_general" {
  name              = "/under-general"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.general.arn
}

# Personal data by its tag, and the key is for another kind of data that is no category.
resource "aws_sns_topic" "people_under_backup" {
  name              = "people-under-backup"
  kms_master_key_id = aws_kms_key.backup.arn
  tags              = { data-class = "pii" }
}

# A master password that AWS keeps is a secret, whatever the database holds.
resource "aws_db_instance" "password_under_pii" {
  identifier                          = "password-under-pii"
  engine                              = "postgres"
  instance_class                      = "db.t3.medium"
  allocated_storage                   = 20
  username                            = "app"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.pii.arn
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  tags                                = { data-class = "pii" }
}

# What is another category's key is key-category-mismatch's finding alone.
resource "aws_sns_topic" "people_under_health" {
  name              = "people-under-health"
  kms_master_key_id = aws_kms_key.health.arn
  tags              = { data-class = "pii" }
}

# The plan does not tell what the key is for.
resource "aws_sqs_queue" "under_late" {
  name              = "under-late"
  kms_master_key_id = aws_kms_key.late.arn
  tags              = { data-class = "operational" }
}

# Look-alikes: all of them are right.

resource "aws_secretsmanager_secret" "under_secrets" {
  name       = "under-secrets"
  kms_key_id = aws_kms_key.secrets.arn
  tags       = { data-class = "operational" }
}

resource "aws_secretsmanager_secret" "people" {
  name       = "people"
  kms_key_id = aws_kms_key.pii.arn
  tags       = { data-class = "pii" }
}

resource "aws_backup_vault" "people" {
  name        = "people"
  kms_key_arn = aws_kms_key.backup.arn
  tags        = { data-class = "pii" }
}

resource "aws_sqs_queue" "under_nothing" {
  name              = "under-nothing"
  kms_master_key_id = aws_kms_key.nothing.arn
  tags              = { data-class = "operational" }
}

# What is only inferred from the key is never out of place.
resource "aws_sqs_queue" "untagged" {
  name              = "untagged"
  kms_master_key_id = aws_kms_key.pii.arn
}

# The service's own key: at-rest-below-recommended speaks of that.
resource "aws_secretsmanager_secret" "of_aws" {
  name = "of-aws"
  tags = { data-class = "operational" }
}
