# Graph databases: encryption is a flag with a key beside it; copies take over what they are made from.
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

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster" "unset" {
  cluster_identifier  = "unset"
  skip_final_snapshot = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "unset_operational" {
  cluster_identifier  = "unset-operational"
  skip_final_snapshot = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster" "off" {
  cluster_identifier  = "off"
  skip_final_snapshot = true
  storage_encrypted   = false

  tags = {
    data-class = "public"
  }
}

resource "aws_neptune_cluster" "flag" {
  cluster_identifier  = "flag"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "flag_operational" {
  cluster_identifier  = "flag-operational"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster" "own_key" {
  cluster_identifier  = "own-key"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_arn         = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "own_key_elsewhere" {
  cluster_identifier  = "own-key-elsewhere"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_arn         = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "health"
  }
}

resource "aws_neptune_cluster" "wrong_key" {
  cluster_identifier  = "wrong-key"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_arn         = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "restored" {
  cluster_identifier  = "restored"
  skip_final_snapshot = true
  snapshot_identifier = "before"

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "restored_key" {
  cluster_identifier  = "restored-key"
  skip_final_snapshot = true
  snapshot_identifier = "before"
  kms_key_arn         = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# Encrypted like its source, and of its category.
resource "aws_neptune_cluster" "copy" {
  cluster_identifier            = "copy"
  skip_final_snapshot           = true
  replication_source_identifier = aws_neptune_cluster.own_key.arn
}

resource "aws_neptune_cluster" "copy_unencrypted" {
  cluster_identifier            = "copy-unencrypted"
  skip_final_snapshot           = true
  replication_source_identifier = aws_neptune_cluster.unset.arn
}

resource "aws_neptune_cluster" "untagged" {
  cluster_identifier  = "untagged"
  skip_final_snapshot = true
  storage_encrypted   = true
}
