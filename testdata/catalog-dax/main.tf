# DAX clusters: unencrypted, or under the AWS-managed key. There is no other.
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

resource "aws_dax_cluster" "unset_pii" {
  cluster_name       = "unset-pii"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  tags = {
    data-class = "pii"
  }
}

resource "aws_dax_cluster" "unset_operational" {
  cluster_name       = "unset-operational"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  tags = {
    data-class = "operational"
  }
}

resource "aws_dax_cluster" "off_operational" {
  cluster_name       = "off-operational"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  server_side_encryption {
    enabled = false
  }

  tags = {
    data-class = "operational"
  }
}

# Even public data is not to lie there unencrypted.
resource "aws_dax_cluster" "unset_public" {
  cluster_name       = "unset-public"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  tags = {
    data-class = "public"
  }
}

resource "aws_dax_cluster" "on_operational" {
  cluster_name       = "on-operational"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "operational"
  }
}

# Enough for no personal data.
resource "aws_dax_cluster" "on_pii" {
  cluster_name       = "on-pii"
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  node_type          = "dax.t3.small"
  replication_factor = 1

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "pii"
  }
}
