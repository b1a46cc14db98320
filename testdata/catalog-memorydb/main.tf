# MemoryDB clusters and snapshots: always encrypted, under whose key.
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

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

# MemoryDB's own key: AWS does not say whose account it is in.
resource "aws_memorydb_cluster" "unset_operational" {
  name      = "unset-operational"
  acl_name  = "open-access"
  node_type = "db.t4g.small"

  tags = {
    data-class = "operational"
  }
}

resource "aws_memorydb_cluster" "unset_public" {
  name      = "unset-public"
  acl_name  = "open-access"
  node_type = "db.t4g.small"

  tags = {
    data-class = "public"
  }
}

resource "aws_memorydb_cluster" "unset_pii" {
  name      = "unset-pii"
  acl_name  = "open-access"
  node_type = "db.t4g.small"

  tags = {
    data-class = "pii"
  }
}

resource "aws_memorydb_cluster" "cmk_pii" {
  name        = "cmk-pii"
  acl_name    = "open-access"
  node_type   = "db.t4g.small"
  kms_key_arn = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_memorydb_cluster" "outside_financial" {
  name        = "outside-financial"
  acl_name    = "open-access"
  node_type   = "db.t4g.small"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_memorydb_cluster" "managed_operational" {
  name        = "managed-operational"
  acl_name    = "open-access"
  node_type   = "db.t4g.small"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/memorydb"

  tags = {
    data-class = "operational"
  }
}

# A snapshot without a tag holds what its cluster holds.
resource "aws_memorydb_snapshot" "unset" {
  name         = "unset-copy"
  cluster_name = aws_memorydb_cluster.cmk_pii.name
}

resource "aws_memorydb_snapshot" "cmk" {
  name         = "cmk-copy"
  cluster_name = aws_memorydb_cluster.cmk_pii.name
  kms_key_arn  = aws_kms_key.person.arn
}

resource "aws_memorydb_snapshot" "managed_operational" {
  name         = "managed-operational-copy"
  cluster_name = "elsewhere"
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:alias/aws/memorydb"

  tags = {
    data-class = "operational"
  }
}

resource "aws_memorydb_snapshot" "outside_financial" {
  name         = "outside-financial-copy"
  cluster_name = "elsewhere"
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
