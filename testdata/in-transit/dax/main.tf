# DAX clusters with TLS and without. All else is as DAX has it.
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

resource "aws_dax_cluster" "tls" {
  cluster_name                     = "tls"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  node_type                        = "dax.r5.large"
  replication_factor               = 1
  cluster_endpoint_encryption_type = "TLS"

  server_side_encryption {
    enabled = true
  }
}

resource "aws_dax_cluster" "plain" {
  cluster_name                     = "plain"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  node_type                        = "dax.r5.large"
  replication_factor               = 1
  cluster_endpoint_encryption_type = "NONE"

  server_side_encryption {
    enabled = true
  }
}

resource "aws_dax_cluster" "unset" {
  cluster_name       = "unset"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.r5.large"
  replication_factor = 1

  server_side_encryption {
    enabled = true
  }
}

# Known after apply.
resource "aws_dax_cluster" "unknown" {
  cluster_name                     = "unknown"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  node_type                        = "dax.r5.large"
  replication_factor               = 1
  cluster_endpoint_encryption_type = terraform_data.later.id != "" ? "TLS" : "NONE"

  server_side_encryption {
    enabled = true
  }
}
