# Document databases: encryption is a flag with a key beside it; copies take over what they are made from.
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

resource "aws_docdb_cluster" "unset" {
  cluster_identifier  = "unset"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "unset_operational" {
  cluster_identifier  = "unset-operational"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_docdb_cluster" "off" {
  cluster_identifier  = "off"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = false

  tags = {
    data-class = "public"
  }
}

resource "aws_docdb_cluster" "flag" {
  cluster_identifier  = "flag"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "flag_operational" {
  cluster_identifier  = "flag-operational"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_docdb_cluster" "own_key" {
  cluster_identifier  = "own-key"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "own_key_elsewhere" {
  cluster_identifier  = "own-key-elsewhere"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_id          = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "financial"
  }
}

resource "aws_docdb_cluster" "wrong_key" {
  cluster_identifier  = "wrong-key"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "restored" {
  cluster_identifier  = "restored"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  snapshot_identifier = "before"

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "restored_public" {
  cluster_identifier  = "restored-public"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  snapshot_identifier = "before"

  tags = {
    data-class = "public"
  }
}

resource "aws_docdb_cluster" "restored_key" {
  cluster_identifier  = "restored-key"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  snapshot_identifier = "before"
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "untagged" {
  cluster_identifier  = "untagged"
  master_username     = "root"
  master_password     = "example-1234"
  skip_final_snapshot = true
  storage_encrypted   = true
}

# Its storage is the cluster's.
resource "aws_docdb_subnet_group" "example" {
  name       = "example"
  subnet_ids = ["subnet-0a", "subnet-0b"]
}
