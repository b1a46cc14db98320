# Vaults: always encrypted, and the key is a choice.
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

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_backup_vault" "unset" {
  name = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_backup_vault" "unset_operational" {
  name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_backup_vault" "own_key" {
  name        = "own-key"
  kms_key_arn = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_backup_vault" "own_key_elsewhere" {
  name        = "own-key-elsewhere"
  kms_key_arn = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "health"
  }
}

resource "aws_backup_vault" "wrong_key" {
  name        = "wrong-key"
  kms_key_arn = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_backup_vault" "untagged" {
  name = "untagged"
}

resource "aws_backup_vault" "untagged_key" {
  name        = "untagged-key"
  kms_key_arn = aws_kms_key.person.arn
}

# A plan of backups holds nothing.
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = aws_backup_vault.own_key.name
    schedule          = "cron(0 3 * * ? *)"
  }
}
