# One key and its alias leave the state, not the account.
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
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "old" {
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_key" "new" {
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_key" "audit" {
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_kms_alias" "app" {
  name          = "alias/data-sources-app"
  target_key_id = aws_kms_key.old.key_id
}

# By the alias's name, and by its ARN.
resource "aws_sns_topic" "by_name" {
  name              = "data-sources-by-name"
  kms_master_key_id = "alias/data-sources-app"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "by_arn" {
  name              = "data-sources-by-arn"
  kms_master_key_id = aws_kms_alias.app.arn

  tags = {
    data-class = "financial"
  }
}

removed {
  from = aws_kms_key.outside

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_kms_alias.outside

  lifecycle {
    destroy = false
  }
}
