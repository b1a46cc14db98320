# Public addresses, deletion protection, backups and IAM authentication of DocumentDB, Neptune and Redshift: set, unset and unknown.
# All are encrypted, and none accepts plain text.
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

resource "aws_docdb_cluster" "kept" {
  cluster_identifier      = "kept"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7
}

resource "aws_docdb_cluster" "bare" {
  cluster_identifier  = "bare"
  master_username     = "portal"
  master_password     = "example-1234"
  storage_encrypted   = true
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster" "unprotected" {
  cluster_identifier      = "unprotected"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot     = true
  deletion_protection     = false
  backup_retention_period = 7
}

resource "aws_docdb_cluster" "six_days" {
  cluster_identifier      = "six-days"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 6
}

resource "aws_docdb_cluster" "unknown" {
  cluster_identifier      = "unknown"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot     = true
  deletion_protection     = terraform_data.later.id != ""
  backup_retention_period = length(terraform_data.later.id)
}

# DocumentDB has no public addresses.
resource "aws_docdb_cluster_instance" "kept" {
  cluster_identifier = aws_docdb_cluster.kept.id
  instance_class     = "db.r6g.large"
}

resource "aws_docdbelastic_cluster" "kept" {
  name                    = "kept"
  admin_user_name         = "portal"
  admin_user_password     = "example-1234"
  auth_type               = "PLAIN_TEXT"
  shard_capacity          = 2
  shard_count             = 1
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  backup_retention_period = 7
}

resource "aws_docdbelastic_cluster" "bare" {
  name                = "bare"
  admin_user_name     = "portal"
  admin_user_password = "example-1234"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_docdbelastic_cluster" "oneday" {
  name                    = "oneday"
  admin_user_name         = "portal"
  admin_user_password     = "example-1234"
  auth_type               = "PLAIN_TEXT"
  shard_capacity          = 2
  shard_count             = 1
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  backup_retention_period = 1
}

resource "aws_neptune_cluster" "kept" {
  cluster_identifier                  = "kept"
  storage_encrypted                   = true
  kms_key_arn                         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  deletion_protection                 = true
  backup_retention_period             = 7
}

resource "aws_neptune_cluster" "bare" {
  cluster_identifier  = "bare"
  storage_encrypted   = true
  kms_key_arn         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot = true
}

resource "aws_neptune_cluster" "passing_by" {
  cluster_identifier                  = "passing-by"
  storage_encrypted                   = true
  kms_key_arn                         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = false
  deletion_protection                 = true
  backup_retention_period             = 7
}

resource "aws_neptune_cluster" "unknown" {
  cluster_identifier                  = "unknown"
  storage_encrypted                   = true
  kms_key_arn                         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = terraform_data.later.id != ""
  deletion_protection                 = terraform_data.later.id != ""
  backup_retention_period             = length(terraform_data.later.id)
}

# A replica needs no backups of its own.
resource "aws_neptune_cluster" "replica" {
  cluster_identifier                  = "replica"
  storage_encrypted                   = true
  kms_key_arn                         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  skip_final_snapshot                 = true
  replication_source_identifier       = "arn:aws:rds:eu-west-1:111122223333:cluster:main"
  deletion_protection                 = true
  iam_database_authentication_enabled = true
}

resource "aws_neptune_cluster_instance" "unset" {
  identifier         = "unset"
  cluster_identifier = aws_neptune_cluster.kept.id
  instance_class     = "db.r6g.large"
}

resource "aws_neptune_cluster_instance" "private" {
  identifier          = "private"
  cluster_identifier  = aws_neptune_cluster.kept.id
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_neptune_cluster_instance" "public" {
  identifier          = "public"
  cluster_identifier  = aws_neptune_cluster.kept.id
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_neptune_cluster_instance" "unknown" {
  identifier          = "unknown"
  cluster_identifier  = aws_neptune_cluster.kept.id
  instance_class      = "db.r6g.large"
  publicly_accessible = terraform_data.later.id != ""
}

resource "aws_redshift_cluster" "kept" {
  cluster_identifier                  = "kept"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  cluster_parameter_group_name        = "default.redshift-2.0"
  skip_final_snapshot                 = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
}

resource "aws_redshift_cluster" "bare" {
  cluster_identifier           = "bare"
  node_type                    = "ra3.large"
  master_username              = "portal"
  master_password              = "Example-1234"
  encrypted                    = true
  kms_key_id                   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  cluster_parameter_group_name = "default.redshift-2.0"
  skip_final_snapshot          = true
}

resource "aws_redshift_cluster" "public" {
  cluster_identifier                  = "public"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  cluster_parameter_group_name        = "default.redshift-2.0"
  skip_final_snapshot                 = true
  publicly_accessible                 = true
  automated_snapshot_retention_period = 14
}

resource "aws_redshift_cluster" "no_backups" {
  cluster_identifier                  = "no-backups"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  cluster_parameter_group_name        = "default.redshift-2.0"
  skip_final_snapshot                 = true
  automated_snapshot_retention_period = 0
}

resource "aws_redshift_cluster" "unknown" {
  cluster_identifier                  = "unknown"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  cluster_parameter_group_name        = "default.redshift-2.0"
  skip_final_snapshot                 = true
  publicly_accessible                 = terraform_data.later.id != ""
  automated_snapshot_retention_period = length(terraform_data.later.id)
}

resource "aws_redshiftserverless_namespace" "main" {
  namespace_name = "main"
  kms_key_id     = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_redshiftserverless_workgroup" "unset" {
  workgroup_name = "unset"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}

resource "aws_redshiftserverless_workgroup" "private" {
  workgroup_name      = "private"
  namespace_name      = aws_redshiftserverless_namespace.main.namespace_name
  publicly_accessible = false

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}

resource "aws_redshiftserverless_workgroup" "public" {
  workgroup_name      = "public"
  namespace_name      = aws_redshiftserverless_namespace.main.namespace_name
  publicly_accessible = true

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}
