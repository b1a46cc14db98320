# Neptune refuses plain text unless its parameter group asks for it. All else is as it should be.
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

resource "aws_neptune_cluster" "unset" {
  cluster_identifier                  = "unset"
  storage_encrypted                   = true
  kms_key_arn                         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_neptune_cluster_parameter_group" "switched_off" {
  name   = "switched-off"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enforce_ssl"
    value = "0"
  }
}

resource "aws_neptune_cluster" "switched_off" {
  cluster_identifier                   = "switched-off"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.switched_off.name
}

# The name is known after apply, the reference tells.
resource "aws_neptune_cluster_parameter_group" "prefixed" {
  name_prefix = "portal-"
  family      = "neptune1.3"

  parameter {
    name  = "neptune_enforce_ssl"
    value = "0"
  }
}

# An instance of it is on the internet.
resource "aws_neptune_cluster" "public" {
  cluster_identifier                   = "public"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.prefixed.name
}

resource "aws_neptune_cluster_instance" "public" {
  cluster_identifier  = aws_neptune_cluster.public.id
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_neptune_cluster_parameter_group" "switched_on" {
  name   = "switched-on"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enforce_ssl"
    value = "1"
  }
}

resource "aws_neptune_cluster" "switched_on" {
  cluster_identifier                   = "switched-on"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.switched_on.id
}

# Says nothing of TLS.
resource "aws_neptune_cluster_parameter_group" "audited" {
  name   = "audited"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enable_audit_log"
    value = "1"
  }
}

resource "aws_neptune_cluster" "audited" {
  cluster_identifier                   = "audited"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.audited.name
}

# AWS's own group.
resource "aws_neptune_cluster" "aws_own" {
  cluster_identifier                   = "aws-own"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = "default.neptune1.3"
}

# A group that another configuration manages.
resource "aws_neptune_cluster" "elsewhere" {
  cluster_identifier                   = "elsewhere"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = "company"
}

# A value that is known after apply.
resource "aws_neptune_cluster_parameter_group" "value_later" {
  name   = "value-later"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enforce_ssl"
    value = terraform_data.later.id
  }
}

resource "aws_neptune_cluster" "value_later" {
  cluster_identifier                   = "value-later"
  storage_encrypted                    = true
  kms_key_arn                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                  = true
  backup_retention_period              = 7
  iam_database_authentication_enabled  = true
  skip_final_snapshot                  = true
  neptune_cluster_parameter_group_name = aws_neptune_cluster_parameter_group.value_later.name
}
