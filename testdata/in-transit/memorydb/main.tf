# MemoryDB has TLS unless somebody switches it off. All else is as it should be.
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

# Known after apply.
resource "terraform_data" "later" {}

resource "aws_memorydb_cluster" "unset" {
  name        = "unset"
  acl_name    = "example"
  node_type   = "db.r7g.large"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_memorydb_cluster" "tls" {
  name        = "tls"
  acl_name    = "example"
  node_type   = "db.r7g.large"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  tls_enabled = true
}

resource "aws_memorydb_cluster" "plain" {
  name        = "plain"
  acl_name    = "example"
  node_type   = "db.r7g.large"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  tls_enabled = false
}

# Known after apply.
resource "aws_memorydb_cluster" "unknown" {
  name        = "unknown"
  acl_name    = "example"
  node_type   = "db.r7g.large"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  tls_enabled = terraform_data.later.id != ""
}

resource "aws_memorydb_multi_region_cluster" "unset" {
  multi_region_cluster_name_suffix = "unset"
  node_type                        = "db.r7g.xlarge"
}

resource "aws_memorydb_multi_region_cluster" "tls" {
  multi_region_cluster_name_suffix = "tls"
  node_type                        = "db.r7g.xlarge"
  tls_enabled                      = true
}

resource "aws_memorydb_multi_region_cluster" "plain" {
  multi_region_cluster_name_suffix = "plain"
  node_type                        = "db.r7g.xlarge"
  tls_enabled                      = false
}
