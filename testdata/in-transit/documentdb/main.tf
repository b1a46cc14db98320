# TLS of DocumentDB is on unless its parameter group switches it off. All else is as it should be.
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
      data-class = "operational"
    }
  }
}

# Known after apply.
resource "terraform_data" "later" {}

resource "aws_docdb_cluster" "unset" {
  cluster_identifier      = "unset"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
}

resource "aws_docdb_cluster_parameter_group" "switched_off" {
  name   = "switched-off"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster" "switched_off" {
  cluster_identifier              = "switched-off"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.switched_off.name
}

# The name is known after apply, the reference tells.
resource "aws_docdb_cluster_parameter_group" "prefixed" {
  name_prefix = "portal-"
  family      = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster" "prefixed" {
  cluster_identifier              = "prefixed"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.prefixed.name
}

resource "aws_docdb_cluster_parameter_group" "enabled" {
  name   = "enabled"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "enabled"
  }
}

resource "aws_docdb_cluster" "enabled" {
  cluster_identifier              = "enabled"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.enabled.id
}

resource "aws_docdb_cluster_parameter_group" "newer" {
  name   = "newer"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "tls1.2+"
  }
}

resource "aws_docdb_cluster" "newer" {
  cluster_identifier              = "newer"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.newer.name
}

# Says nothing of TLS.
resource "aws_docdb_cluster_parameter_group" "audited" {
  name   = "audited"
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "disabled"
  }
}

resource "aws_docdb_cluster" "audited" {
  cluster_identifier              = "audited"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.audited.name
}

# AWS's own group.
resource "aws_docdb_cluster" "aws_own" {
  cluster_identifier              = "aws-own"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = "default.docdb5.0"
}

# A group that another configuration manages.
resource "aws_docdb_cluster" "elsewhere" {
  cluster_identifier              = "elsewhere"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = "company"
}

# A value that is known after apply.
resource "aws_docdb_cluster_parameter_group" "value_later" {
  name   = "value-later"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = terraform_data.later.id
  }
}

resource "aws_docdb_cluster" "value_later" {
  cluster_identifier              = "value-later"
  master_username                 = "portal"
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection             = true
  backup_retention_period         = 7
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.value_later.name
}

# Elastic clusters want TLS always.
resource "aws_docdbelastic_cluster" "elastic" {
  name                    = "elastic"
  admin_user_name         = "portal"
  admin_user_password     = "example-1234"
  auth_type               = "PLAIN_TEXT"
  shard_capacity          = 2
  shard_count             = 1
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  backup_retention_period = 7
}
