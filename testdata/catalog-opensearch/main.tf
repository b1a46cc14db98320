# Search domains: encryption is a block, and the provider computes it where it is not written.
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

resource "aws_opensearch_domain" "unset" {
  domain_name = "os-unset"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_opensearch_domain" "unset_operational" {
  domain_name = "os-unset-operational"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_opensearch_domain" "off" {
  domain_name = "os-off"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = false
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_opensearch_domain" "flag" {
  domain_name = "os-flag"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_opensearch_domain" "flag_operational" {
  domain_name = "os-flag-operational"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_opensearch_domain" "own_key" {
  domain_name = "os-own-key"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.person.key_id
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_opensearch_domain" "own_key_elsewhere" {
  domain_name = "os-own-key-elsewhere"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_opensearch_domain" "wrong_key" {
  domain_name = "os-wrong-key"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

# Encryption between nodes is not encryption at rest.
resource "aws_opensearch_domain" "transit_only" {
  domain_name = "os-transit-only"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  node_to_node_encryption {
    enabled = true
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_opensearch_domain" "untagged" {
  domain_name = "os-untagged"

  cluster_config {
    instance_type = "r6g.large.search"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }
}

resource "aws_elasticsearch_domain" "unset" {
  domain_name = "es-unset"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticsearch_domain" "unset_operational" {
  domain_name = "es-unset-operational"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticsearch_domain" "off" {
  domain_name = "es-off"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = false
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_elasticsearch_domain" "flag" {
  domain_name = "es-flag"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticsearch_domain" "flag_operational" {
  domain_name = "es-flag-operational"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticsearch_domain" "own_key" {
  domain_name = "es-own-key"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.person.key_id
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticsearch_domain" "own_key_elsewhere" {
  domain_name = "es-own-key-elsewhere"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_elasticsearch_domain" "wrong_key" {
  domain_name = "es-wrong-key"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

# Encryption between nodes is not encryption at rest.
resource "aws_elasticsearch_domain" "transit_only" {
  domain_name = "es-transit-only"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  node_to_node_encryption {
    enabled = true
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_elasticsearch_domain" "untagged" {
  domain_name = "es-untagged"

  cluster_config {
    instance_type = "r6g.large.elasticsearch"
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }

  encrypt_at_rest {
    enabled = true
  }
}
