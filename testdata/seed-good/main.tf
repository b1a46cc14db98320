# A member portal whose stores follow the encryption strategy to the letter: nothing to report.
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
      owner = "portal-team"
      stage = "production"
    }
  }
}

variable "account_id" {
  type    = string
  default = "111122223333"
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

# One key for each category, and one for secrets.
locals {
  keys = {
    pii       = { class = "pii", services = [] }
    financial = { class = "financial", services = [] }
    logs      = { class = "audit-logs", services = ["logs.${var.region}.amazonaws.com"] }
    secrets   = { class = "operational", services = [] }
    general   = { class = "operational", services = ["cloudwatch.amazonaws.com"] }
  }
}

module "key" {
  source   = "./modules/key"
  for_each = local.keys

  name       = each.key
  data_class = each.value.class
  services   = each.value.services
  account_id = var.account_id
}

# Member profiles: pii.
resource "aws_s3_bucket" "profiles" {
  bucket = "portal-profiles.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "profiles" {
  bucket = aws_s3_bucket.profiles.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = module.key["pii"].arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "profiles" {
  bucket                  = aws_s3_bucket.profiles.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "profiles" {
  bucket = aws_s3_bucket.profiles.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "arn:aws:s3:::${aws_s3_bucket.profiles.bucket}",
        "arn:aws:s3:::${aws_s3_bucket.profiles.bucket}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_db_parameter_group" "members" {
  name   = "portal-members"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "members" {
  identifier           = "portal-members"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 100
  db_name              = "members"
  username             = "portal"
  parameter_group_name = aws_db_parameter_group.members.name

  storage_encrypted = true
  kms_key_id        = module.key["pii"].arn

  manage_master_user_password   = true
  master_user_secret_kms_key_id = module.key["secrets"].arn

  performance_insights_enabled    = true
  performance_insights_kms_key_id = module.key["pii"].arn

  iam_database_authentication_enabled = true
  publicly_accessible                 = false
  deletion_protection                 = true
  backup_retention_period             = 14
  final_snapshot_identifier           = "portal-members-last"

  tags = {
    data-class = "pii"
  }
}

# Payments: financial.
resource "aws_dynamodb_table" "payments" {
  name         = "portal-payments"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "payment_id"

  attribute {
    name = "payment_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = module.key["financial"].arn
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_rds_cluster_parameter_group" "invoices" {
  name   = "portal-invoices"
  family = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "invoices" {
  cluster_identifier              = "portal-invoices"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  database_name                   = "invoices"
  master_username                 = "portal"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.invoices.name

  storage_encrypted = true
  kms_key_id        = module.key["financial"].arn

  manage_master_user_password   = true
  master_user_secret_kms_key_id = module.key["secrets"].arn

  iam_database_authentication_enabled = true
  deletion_protection                 = true
  backup_retention_period             = 14
  final_snapshot_identifier           = "portal-invoices-last"

  tags = {
    data-class = "financial"
  }
}

resource "aws_rds_cluster_instance" "invoices" {
  identifier          = "portal-invoices-1"
  cluster_identifier  = aws_rds_cluster.invoices.id
  engine              = aws_rds_cluster.invoices.engine
  instance_class      = "db.r6g.large"
  publicly_accessible = false

  performance_insights_enabled    = true
  performance_insights_kms_key_id = module.key["financial"].arn
}

# What the application writes about its users' doings: audit-logs.
resource "aws_cloudwatch_log_group" "portal" {
  name              = "/portal/application"
  retention_in_days = 400
  kms_key_id        = module.key["logs"].arn

  tags = {
    data-class = "audit-logs"
  }
}

# Running the portal: operational.
resource "aws_sns_topic" "alarms" {
  name              = "portal-alarms"
  kms_master_key_id = module.key["general"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:${var.region}:${var.account_id}:${aws_sns_topic.alarms.name}"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_secretsmanager_secret" "mailer" {
  name       = "portal/mailer"
  kms_key_id = module.key["secrets"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_ebs_volume" "search" {
  availability_zone = "${var.region}a"
  size              = 40
  type              = "gp3"
  encrypted         = true
  kms_key_id        = module.key["general"].arn

  tags = {
    data-class = "operational"
  }
}

# Pictures and style sheets of the web site: public.
resource "aws_s3_bucket" "assets" {
  bucket = "portal-assets.example.com"

  tags = {
    data-class = "public"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "assets" {
  bucket = aws_s3_bucket.assets.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "assets" {
  bucket                  = aws_s3_bucket.assets.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "assets" {
  bucket = aws_s3_bucket.assets.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "arn:aws:s3:::${aws_s3_bucket.assets.bucket}",
        "arn:aws:s3:::${aws_s3_bucket.assets.bucket}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
