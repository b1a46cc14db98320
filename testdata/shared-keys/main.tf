# Keys that protect the stores of several categories, and keys that only seem to.
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

variable "first" {
  type    = bool
  default = true
}

# Keys without a tag: they fit any category.
resource "aws_kms_key" "this" {
  for_each            = toset(["sensitive", "operational", "unclassified", "same", "hidden", "left", "right", "replica_home", "secret_home", "secret"])
  enable_key_rotation = true
}

resource "aws_kms_key" "replicas" {
  provider            = aws.west
  enable_key_rotation = true
}

resource "terraform_data" "later" {
  input = "later"
}

# Two sensitive categories, and two stores that do not matter to that.

resource "aws_sns_topic" "sensitive_financial" {
  name              = "sensitive-financial"
  kms_master_key_id = aws_kms_key.this["sensitive"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "sensitive_audit" {
  name              = "sensitive-audit"
  kms_master_key_id = aws_kms_key.this["sensitive"].arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "sensitive_audit_too" {
  name              = "sensitive-audit-too"
  kms_master_key_id = aws_kms_key.this["sensitive"].arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "sensitive_operational" {
  name              = "sensitive-operational"
  kms_master_key_id = aws_kms_key.this["sensitive"].arn

  tags = {
    data-class = "operational"
  }
}

# One sensitive category, with data that needs less, without a category, or of the same.

resource "aws_sns_topic" "operational_financial" {
  name              = "operational-financial"
  kms_master_key_id = aws_kms_key.this["operational"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "operational_operational" {
  name              = "operational-operational"
  kms_master_key_id = aws_kms_key.this["operational"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "unclassified_financial" {
  name              = "unclassified-financial"
  kms_master_key_id = aws_kms_key.this["unclassified"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "unclassified" {
  name              = "unclassified"
  kms_master_key_id = aws_kms_key.this["unclassified"].arn
}

# Audit logs by its type alone.
resource "aws_cloudwatch_log_group" "unclassified" {
  name       = "/shared-keys/unclassified"
  kms_key_id = aws_kms_key.this["unclassified"].arn
}

resource "aws_sns_topic" "same_financial" {
  name              = "same-financial"
  kms_master_key_id = aws_kms_key.this["same"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "same_financial_too" {
  name              = "same-financial-too"
  kms_master_key_id = aws_kms_key.this["same"].arn

  tags = {
    data-class = "financial"
  }
}

# The category of one store is known after apply.

resource "aws_sns_topic" "hidden_financial" {
  name              = "hidden-financial"
  kms_master_key_id = aws_kms_key.this["hidden"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "hidden" {
  name              = "hidden"
  kms_master_key_id = aws_kms_key.this["hidden"].arn

  tags = {
    data-class = terraform_data.later.id
  }
}

# One of two keys: the plan does not tell which, and each has a store of another category.

resource "aws_sns_topic" "left_or_right" {
  name              = "left-or-right"
  kms_master_key_id = var.first ? aws_kms_key.this["left"].arn : aws_kms_key.this["right"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "left" {
  name              = "left"
  kms_master_key_id = aws_kms_key.this["left"].arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "right" {
  name              = "right"
  kms_master_key_id = aws_kms_key.this["right"].arn

  tags = {
    data-class = "audit-logs"
  }
}

# A replica is data of its table.

resource "aws_dynamodb_table" "replicated" {
  name             = "replicated"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this["replica_home"].arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = aws_kms_key.replicas.arn
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "beside_replicas" {
  provider          = aws.west
  name              = "beside-replicas"
  kms_master_key_id = aws_kms_key.replicas.arn

  tags = {
    data-class = "audit-logs"
  }
}

# A master password that AWS keeps is no data of its cluster.

resource "aws_redshift_cluster" "secret" {
  cluster_identifier                = "secret"
  node_type                         = "ra3.large"
  master_username                   = "portal"
  manage_master_password            = true
  master_password_secret_kms_key_id = aws_kms_key.this["secret"].arn
  encrypted                         = true
  kms_key_id                        = aws_kms_key.this["secret_home"].arn
  skip_final_snapshot               = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "beside_secret" {
  name              = "beside-secret"
  kms_master_key_id = aws_kms_key.this["secret"].arn

  tags = {
    data-class = "audit-logs"
  }
}
