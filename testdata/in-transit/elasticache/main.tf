# Caches with TLS, without, and with either. All else is as it should be.
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

resource "aws_elasticache_replication_group" "required" {
  replication_group_id       = "required"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
}

resource "aws_elasticache_replication_group" "mode_unset" {
  replication_group_id       = "mode-unset"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  transit_encryption_enabled = true
}

# Takes plain text beside TLS.
resource "aws_elasticache_replication_group" "preferred" {
  replication_group_id       = "preferred"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred"
}

resource "aws_elasticache_replication_group" "plain" {
  replication_group_id       = "plain"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "unset" {
  replication_group_id       = "unset"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

# Known after apply.
resource "aws_elasticache_replication_group" "unknown" {
  replication_group_id       = "unknown"
  description                = "example"
  node_type                  = "cache.m6g.large"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  transit_encryption_enabled = terraform_data.later.id != ""
}

# As the primary of its global datastore is.
resource "aws_elasticache_replication_group" "joins" {
  replication_group_id        = "joins"
  description                 = "example"
  num_cache_clusters          = 2
  global_replication_group_id = "ldgnf-example"
}

# As its group is.
resource "aws_elasticache_cluster" "member" {
  cluster_id           = "member"
  replication_group_id = aws_elasticache_replication_group.required.id
}

resource "aws_elasticache_cluster" "memcached_tls" {
  cluster_id                 = "memcached-tls"
  transit_encryption_enabled = true
  engine                     = "memcached"
  engine_version             = "1.6.22"
  node_type                  = "cache.m6g.large"
  num_cache_nodes            = 1
}

resource "aws_elasticache_cluster" "memcached" {
  cluster_id      = "memcached"
  engine          = "memcached"
  engine_version  = "1.6.22"
  node_type       = "cache.m6g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "memcached_plain" {
  cluster_id                 = "memcached-plain"
  transit_encryption_enabled = false
  engine                     = "memcached"
  engine_version             = "1.6.22"
  node_type                  = "cache.m6g.large"
  num_cache_nodes            = 1
}

# A cluster of one node, of no group.
resource "aws_elasticache_cluster" "single" {
  cluster_id      = "single"
  engine          = "redis"
  node_type       = "cache.m6g.large"
  num_cache_nodes = 1
}

# Serverless caches always want TLS.
resource "aws_elasticache_serverless_cache" "serverless" {
  name       = "serverless"
  engine     = "valkey"
  kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
