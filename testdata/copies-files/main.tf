# Copies of file systems and of MemoryDB clusters.
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

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# With a policy of its own, so that what is under it has all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true
  multi_region        = true

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

resource "aws_kms_replica_key" "pii" {
  provider        = aws.west
  primary_key_arn = aws_kms_key.pii.arn

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

resource "aws_efs_file_system" "homes" {
  creation_token = "copies-homes"
  encrypted      = true
  kms_key_id     = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "cache" {
  creation_token = "copies-cache"

  tags = {
    data-class = "operational"
  }
}

# What is there already may be a destination, too.
resource "aws_efs_file_system" "west" {
  provider       = aws.west
  creation_token = "copies-west"
  encrypted      = true
  kms_key_id     = aws_kms_replica_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_replication_configuration" "keyed" {
  source_file_system_id = aws_efs_file_system.homes.id

  destination {
    region     = "eu-west-1"
    kms_key_id = aws_kms_replica_key.pii.arn
  }
}

resource "aws_efs_replication_configuration" "unkeyed" {
  source_file_system_id = aws_efs_file_system.homes.id

  destination {
    region = "eu-west-1"
  }
}

# A replica is encrypted where its source is not.
resource "aws_efs_replication_configuration" "unkeyed_cache" {
  source_file_system_id = aws_efs_file_system.cache.id

  destination {
    region = "eu-west-1"
  }
}

resource "aws_efs_replication_configuration" "into" {
  source_file_system_id = aws_efs_file_system.homes.id

  destination {
    region         = "eu-west-1"
    file_system_id = aws_efs_file_system.west.id
  }
}

resource "aws_efs_replication_configuration" "into_elsewhere" {
  source_file_system_id = aws_efs_file_system.homes.id

  destination {
    region         = "eu-west-1"
    file_system_id = "fs-0123456789abcdef0"
  }
}

resource "aws_memorydb_cluster" "carts" {
  name        = "copies-carts"
  acl_name    = "open-access"
  node_type   = "db.t4g.small"
  kms_key_arn = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_memorydb_snapshot" "carts" {
  name         = "copies-carts"
  cluster_name = aws_memorydb_cluster.carts.name
  kms_key_arn  = aws_kms_key.pii.arn
}

resource "aws_memorydb_cluster" "restored" {
  name          = "copies-restored"
  acl_name      = "open-access"
  node_type     = "db.t4g.small"
  snapshot_name = aws_memorydb_snapshot.carts.name
}

resource "aws_memorydb_cluster" "restored_keyed" {
  name          = "copies-restored-keyed"
  acl_name      = "open-access"
  node_type     = "db.t4g.small"
  snapshot_name = aws_memorydb_snapshot.carts.name
  kms_key_arn   = aws_kms_key.pii.arn
}

resource "aws_memorydb_cluster" "restored_elsewhere" {
  name          = "copies-restored-elsewhere"
  acl_name      = "open-access"
  node_type     = "db.t4g.small"
  snapshot_arns = ["arn:aws:s3:::backups.example.com/carts.rdb"]

  tags = {
    data-class = "operational"
  }
}
