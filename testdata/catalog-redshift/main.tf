# Clusters and namespaces: the provider's default asks for no encryption, and AWS encrypts in one way or another.
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

resource "aws_redshift_cluster" "unset" {
  cluster_identifier = "unset"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "unset_operational" {
  cluster_identifier = "unset-operational"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"

  tags = {
    data-class = "operational"
  }
}

resource "aws_redshift_cluster" "unset_public" {
  cluster_identifier = "unset-public"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"

  tags = {
    data-class = "public"
  }
}

resource "aws_redshift_cluster" "off" {
  cluster_identifier = "off"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = false

  tags = {
    data-class = "health"
  }
}

resource "aws_redshift_cluster" "flag" {
  cluster_identifier = "flag"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "flag_operational" {
  cluster_identifier = "flag-operational"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true

  tags = {
    data-class = "operational"
  }
}

# Whichever key it is, it is enough.
resource "aws_redshift_cluster" "flag_public" {
  cluster_identifier = "flag-public"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true

  tags = {
    data-class = "public"
  }
}

resource "aws_redshift_cluster" "own_key" {
  cluster_identifier = "own-key"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true
  kms_key_id         = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "own_key_elsewhere" {
  cluster_identifier = "own-key-elsewhere"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true
  kms_key_id         = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "financial"
  }
}

resource "aws_redshift_cluster" "wrong_key" {
  cluster_identifier = "wrong-key"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true
  kms_key_id         = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "restored" {
  cluster_identifier  = "restored"
  node_type           = "ra3.large"
  master_username     = "root"
  master_password     = "Example-1234"
  snapshot_identifier = "before"

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "restored_key" {
  cluster_identifier  = "restored-key"
  node_type           = "ra3.large"
  master_username     = "root"
  master_password     = "Example-1234"
  snapshot_identifier = "before"
  encrypted           = true
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# The secret of the password is a part of its own.
resource "aws_redshift_cluster" "password" {
  cluster_identifier     = "password"
  node_type              = "ra3.large"
  master_username        = "root"
  manage_master_password = true
  encrypted              = true
  kms_key_id             = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "password_key" {
  cluster_identifier                = "password-key"
  node_type                         = "ra3.large"
  master_username                   = "root"
  manage_master_password            = true
  encrypted                         = true
  kms_key_id                        = aws_kms_key.person.arn
  master_password_secret_kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "password_unmanaged" {
  cluster_identifier = "password-unmanaged"
  node_type          = "ra3.large"
  master_username    = "root"
  master_password    = "Example-1234"
  encrypted          = true
  kms_key_id         = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_namespace" "unset" {
  namespace_name = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_namespace" "unset_operational" {
  namespace_name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_redshiftserverless_namespace" "unset_public" {
  namespace_name = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_redshiftserverless_namespace" "own_key" {
  namespace_name = "own-key"
  kms_key_id     = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_namespace" "own_key_elsewhere" {
  namespace_name = "own-key-elsewhere"
  kms_key_id     = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "health"
  }
}

resource "aws_redshiftserverless_namespace" "password" {
  namespace_name        = "password"
  kms_key_id            = aws_kms_key.person.arn
  admin_username        = "root"
  manage_admin_password = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_namespace" "password_key" {
  namespace_name                   = "password-key"
  kms_key_id                       = aws_kms_key.person.arn
  admin_username                   = "root"
  manage_admin_password            = true
  admin_password_secret_kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_namespace" "untagged" {
  namespace_name = "untagged"
}
