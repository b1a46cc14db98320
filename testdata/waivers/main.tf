# Findings that planseal.yaml beside this file accepts: several of one rule, an undetermined one, a list; and what it
# accepts no longer, or never did. Judged on 2026-06-01.
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

# Two rules about databases; that its key could be better is advice, and no waiver's matter.
resource "aws_db_instance" "appliance" {
  identifier                          = "appliance"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  publicly_accessible                 = true
  deletion_protection                 = false
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

# No plan tells what the account's default is.
resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 20

  tags = {
    data-class = "pii"
  }
}

# Brackets and quotes in an address are plain characters: the waiver of one queue is none of the other's. It has expired.
resource "aws_sqs_queue" "jobs" {
  for_each = toset(["a", "b"])
  name     = "jobs-${each.key}"

  tags = {
    data-class = "operational"
  }
}

# One finding lists both.
resource "aws_s3_bucket" "archive" {
  count  = 2
  bucket = "example-archive-${count.index}"
}
