# Buckets with what blocks access to them, and a queue under a key: what becomes of each where the other one changes.
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
  s3_use_path_style           = true
}

resource "aws_s3_bucket" "dropped" {
  bucket = "dropped.example.com"
}

resource "aws_s3_bucket_public_access_block" "dropped" {
  bucket                  = aws_s3_bucket.dropped.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "loosened" {
  bucket = "loosened.example.com"
}

resource "aws_s3_bucket_public_access_block" "loosened" {
  bucket                  = aws_s3_bucket.loosened.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "mended" {
  bucket = "mended.example.com"
}

resource "aws_s3_bucket" "open" {
  bucket = "open.example.com"
}

resource "aws_s3_bucket" "renamed" {
  bucket = "renamed.example.com"
}

resource "aws_s3_bucket_public_access_block" "old" {
  bucket                  = aws_s3_bucket.renamed.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_kms_key" "queue" {
  description         = "a queue"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = aws_kms_key.queue.id
}
