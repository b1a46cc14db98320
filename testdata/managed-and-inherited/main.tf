# AWS's own keys chosen by not choosing (Aurora) or by name (EBS), and encryption that is taken over from elsewhere (Aurora).
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

# Encrypted without a key: `aws/rds`. Enough for operational data, not for personal data.
resource "aws_rds_cluster" "own_key_operational" {
  cluster_identifier          = "own-key-operational"
  engine                      = "aurora-postgresql"
  master_username             = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "own_key_pii" {
  cluster_identifier          = "own-key-pii"
  engine                      = "aurora-postgresql"
  master_username             = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true

  tags = {
    data-class = "pii"
  }
}

# Aurora Serverless v1 is always encrypted, here too with `aws/rds`.
resource "aws_rds_cluster" "serverless" {
  cluster_identifier          = "serverless"
  engine                      = "aurora-mysql"
  engine_mode                 = "serverless"
  master_username             = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true

  tags = {
    data-class = "operational"
  }
}

# A snapshot brings its encryption along, and no plan shows it.
resource "aws_rds_cluster" "restored" {
  cluster_identifier  = "restored"
  engine              = "aurora-postgresql"
  snapshot_identifier = "invoices-2026-01-01"
  skip_final_snapshot = true

  tags = {
    data-class = "financial"
  }
}

# The same with the encryption written, which says nothing: restoring takes a key, or what the snapshot has.
resource "aws_rds_cluster" "restored_encrypted" {
  cluster_identifier  = "restored-encrypted"
  engine              = "aurora-postgresql"
  snapshot_identifier = "invoices-2026-01-01"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "operational"
  }
}

# `aws/ebs` by name.
resource "aws_ebs_volume" "own_key_operational" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs"

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "own_key_health" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs"

  tags = {
    data-class = "health"
  }
}
