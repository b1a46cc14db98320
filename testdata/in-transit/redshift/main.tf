# Who may speak to a data warehouse in plain text: `require_ssl` of its parameter group, or of the serverless workgroup.
# All else is as it should be.
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

resource "aws_redshift_parameter_group" "required" {
  name   = "required"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_cluster" "required" {
  cluster_identifier                  = "required"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.required.name
}

# The same by an attribute that is known after apply.
resource "aws_redshift_cluster" "required_by_id" {
  cluster_identifier                  = "required-by-id"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.required.id
}

# Off, where the family's default is on.
resource "aws_redshift_parameter_group" "switched_off" {
  name   = "switched-off"
  family = "redshift-2.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }
}

resource "aws_redshift_cluster" "switched_off" {
  cluster_identifier                  = "switched-off"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.switched_off.name
}

# On the internet.
resource "aws_redshift_cluster" "public" {
  cluster_identifier                  = "public"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = true
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.switched_off.id
}

# Say nothing of TLS: the default of the family holds.
resource "aws_redshift_parameter_group" "old_family" {
  name   = "old-family"
  family = "redshift-1.0"

  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}

resource "aws_redshift_cluster" "old_family" {
  cluster_identifier                  = "old-family"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.old_family.name
}

resource "aws_redshift_parameter_group" "new_family" {
  name   = "new-family"
  family = "redshift-2.0"

  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}

resource "aws_redshift_cluster" "new_family" {
  cluster_identifier                  = "new-family"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = aws_redshift_parameter_group.new_family.name
}

# AWS's own groups.
resource "aws_redshift_cluster" "old_default" {
  cluster_identifier                  = "old-default"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = "default.redshift-1.0"
}

resource "aws_redshift_cluster" "new_default" {
  cluster_identifier                  = "new-default"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = "default.redshift-2.0"
}

# Which group this gets, AWS decides.
resource "aws_redshift_cluster" "unset" {
  cluster_identifier                  = "unset"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
}

# A group that another configuration manages.
resource "aws_redshift_cluster" "elsewhere" {
  cluster_identifier                  = "elsewhere"
  node_type                           = "ra3.large"
  master_username                     = "portal"
  master_password                     = "Example-1234"
  encrypted                           = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  skip_final_snapshot                 = true
  cluster_parameter_group_name        = "company"
}

resource "aws_redshiftserverless_namespace" "main" {
  namespace_name = "main"
  kms_key_id     = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_redshiftserverless_workgroup" "required" {
  workgroup_name = "required"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}

resource "aws_redshiftserverless_workgroup" "switched_off" {
  workgroup_name = "switched-off"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false"
  }
}

# On the internet.
resource "aws_redshiftserverless_workgroup" "public" {
  workgroup_name      = "public"
  namespace_name      = aws_redshiftserverless_namespace.main.namespace_name
  publicly_accessible = true

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false"
  }
}

resource "aws_redshiftserverless_workgroup" "other_parameter" {
  workgroup_name = "other-parameter"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name

  config_parameter {
    parameter_key   = "max_query_execution_time"
    parameter_value = "600"
  }
}

resource "aws_redshiftserverless_workgroup" "unset" {
  workgroup_name = "unset"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name
}

# A value that is known after apply.
resource "aws_redshiftserverless_workgroup" "value_later" {
  workgroup_name = "value-later"
  namespace_name = aws_redshiftserverless_namespace.main.namespace_name

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = terraform_data.later.id
  }
}
