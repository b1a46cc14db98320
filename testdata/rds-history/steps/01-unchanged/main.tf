# Nothing changes but what moto, which reports an empty `scaling_configuration`, makes Terraform plan.
# What nobody wrote has now the value that AWS gave it.
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
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_rds_cluster" "weak" {
  cluster_identifier  = "history-weak"
  engine              = "aurora-postgresql"
  master_username     = "history"
  master_password     = "not-a-secret-only-a-test"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "strong" {
  cluster_identifier                  = "history-strong"
  engine                              = "aurora-postgresql"
  master_username                     = "history"
  master_password                     = "not-a-secret-only-a-test"
  skip_final_snapshot                 = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.money.arn
  deletion_protection                 = true
  backup_retention_period             = 14
  iam_database_authentication_enabled = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_rds_cluster" "copy" {
  cluster_identifier = "history-copy"
  engine             = "aurora-postgresql"
  # A replica has its source's user; moto asks for one.
  master_username                     = "history"
  master_password                     = "not-a-secret-only-a-test"
  replication_source_identifier       = aws_rds_cluster.strong.arn
  skip_final_snapshot                 = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.money.arn
  deletion_protection                 = true
  iam_database_authentication_enabled = true

  tags = {
    data-class = "financial"
  }
}

# The instances have no tag: they hold what their cluster holds.
resource "aws_rds_cluster_instance" "one" {
  identifier         = "history-one"
  cluster_identifier = aws_rds_cluster.strong.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "two" {
  identifier          = "history-two"
  cluster_identifier  = aws_rds_cluster.strong.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}
