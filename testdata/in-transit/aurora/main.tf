# Who may speak to an Aurora or Multi-AZ cluster in plain text: its cluster parameter group decides, for its instances too.
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

resource "aws_rds_cluster_parameter_group" "postgres" {
  name   = "postgres"
  family = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "forced" {
  cluster_identifier                  = "forced"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "16.4"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.postgres.name
}

resource "aws_rds_cluster_instance" "forced" {
  identifier         = "forced"
  cluster_identifier = aws_rds_cluster.forced.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

# The name is known after apply, the reference tells.
resource "aws_rds_cluster_parameter_group" "prefixed" {
  name_prefix = "portal-"
  family      = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}

resource "aws_rds_cluster" "prefixed" {
  cluster_identifier                  = "prefixed"
  engine                              = "aurora-mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.mysql_aurora.3.05.2"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.prefixed.name
}

resource "aws_rds_cluster_parameter_group" "switched_off" {
  name   = "switched-off"
  family = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

# An instance of it is on the internet.
resource "aws_rds_cluster" "public" {
  cluster_identifier                  = "public"
  engine                              = "aurora-mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.mysql_aurora.3.05.2"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.switched_off.name
}

resource "aws_rds_cluster_instance" "public" {
  identifier          = "public"
  cluster_identifier  = aws_rds_cluster.public.id
  engine              = "aurora-mysql"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

# Without a group.
resource "aws_rds_cluster" "postgres_16" {
  cluster_identifier                  = "postgres-16"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "16.4"
}

resource "aws_rds_cluster_instance" "postgres_16" {
  identifier          = "postgres-16"
  cluster_identifier  = aws_rds_cluster.postgres_16.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

# Whether these two force it by default, is not known.
resource "aws_rds_cluster" "postgres_17" {
  cluster_identifier                  = "postgres-17"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "17.4"
}

resource "aws_rds_cluster" "mysql" {
  cluster_identifier                  = "mysql"
  engine                              = "aurora-mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.mysql_aurora.3.05.2"
}

# Says nothing of TLS.
resource "aws_rds_cluster_parameter_group" "only_time_zone" {
  name   = "only-time-zone"
  family = "aurora-mysql8.0"

  parameter {
    name  = "time_zone"
    value = "UTC"
  }
}

resource "aws_rds_cluster" "only_time_zone" {
  cluster_identifier                  = "only-time-zone"
  engine                              = "aurora-mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.mysql_aurora.3.05.2"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.only_time_zone.name
}

# The group of the instances has no such parameter that counts.
resource "aws_db_parameter_group" "instances" {
  name   = "instances"
  family = "aurora-postgresql15"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "instances" {
  cluster_identifier                  = "instances"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "15.4"
  db_instance_parameter_group_name    = aws_db_parameter_group.instances.name
}

# A group that another configuration manages.
resource "aws_rds_cluster" "elsewhere" {
  cluster_identifier                  = "elsewhere"
  engine                              = "aurora-mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.mysql_aurora.3.05.2"
  db_cluster_parameter_group_name     = "company-aurora"
}

resource "aws_rds_cluster_parameter_group" "multi_az" {
  name   = "multi-az"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

# A Multi-AZ cluster.
resource "aws_rds_cluster" "multi_az" {
  cluster_identifier                  = "multi-az"
  engine                              = "postgres"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "16.4"
  db_cluster_instance_class           = "db.m6gd.large"
  storage_type                        = "io1"
  allocated_storage                   = 100
  iops                                = 1000
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.multi_az.name
}

resource "aws_rds_cluster" "multi_az_mysql" {
  cluster_identifier                  = "multi-az-mysql"
  engine                              = "mysql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine_version                      = "8.0.36"
  db_cluster_instance_class           = "db.m6gd.large"
  storage_type                        = "io1"
  allocated_storage                   = 100
  iops                                = 1000
}

# One group for each of several clusters, by its key.
resource "aws_rds_cluster_parameter_group" "tenant" {
  for_each    = { blue = "1", green = "0" }
  name_prefix = each.key
  family      = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = each.value
  }
}

resource "aws_rds_cluster" "tenant" {
  for_each                            = toset(["blue", "green"])
  cluster_identifier                  = each.key
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.tenant[each.key].name
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}
