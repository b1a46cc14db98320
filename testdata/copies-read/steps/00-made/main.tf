# What a later plan only reads: volumes, databases and their snapshots.
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

resource "aws_kms_key" "pii" {
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "foreign" {
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_snapshot" "scratch" {
  volume_id = aws_ebs_volume.scratch.id

  tags = {
    data-class = "operational"
  }
}

output "scratch" {
  value = aws_ebs_snapshot.scratch.id
}

resource "aws_ebs_volume" "foreign" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.foreign.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot" "foreign" {
  volume_id = aws_ebs_volume.foreign.id

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot_copy" "data" {
  source_region      = "eu-central-1"
  source_snapshot_id = aws_ebs_snapshot.data.id
  encrypted          = true
  kms_key_id         = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

output "data" {
  value = aws_ebs_snapshot_copy.data.id
}

resource "aws_ebs_snapshot_copy" "foreign" {
  source_region      = "eu-central-1"
  source_snapshot_id = aws_ebs_snapshot.foreign.id
  encrypted          = true
  kms_key_id         = aws_kms_key.foreign.arn

  tags = {
    data-class = "pii"
  }
}

output "foreign" {
  value = aws_ebs_snapshot_copy.foreign.id
}

resource "aws_db_instance" "members" {
  identifier                          = "copies-members"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "not-a-secret-only-a-test"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_snapshot" "members" {
  db_snapshot_identifier = "copies-members"
  db_instance_identifier = aws_db_instance.members.identifier

  tags = {
    data-class = "pii"
  }
}
