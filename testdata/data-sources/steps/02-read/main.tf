# Data sources that are read while Terraform plans.
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

# Read while Terraform plans.

data "aws_caller_identity" "current" {}

data "aws_kms_key" "managed" {
  key_id = aws_kms_key.old.key_id
}

data "aws_kms_key" "outside" {
  key_id = "alias/data-sources-outside"
}

data "aws_kms_alias" "outside" {
  name = "alias/data-sources-outside"
}

# AWS's own, which the stand-in for AWS that this plan was made with calls a customer's.

data "aws_kms_key" "aws" {
  key_id = "alias/aws/secretsmanager"
}

data "aws_kms_alias" "aws" {
  name = "alias/aws/secretsmanager"
}

resource "aws_sns_topic" "managed" {
  name              = "data-sources-managed"
  kms_master_key_id = data.aws_kms_key.managed.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "outside" {
  name              = "data-sources-outside"
  kms_master_key_id = data.aws_kms_key.outside.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "outside_alias" {
  name              = "data-sources-outside-alias"
  kms_master_key_id = data.aws_kms_alias.outside.target_key_arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_secretsmanager_secret" "aws_key" {
  name       = "data-sources-aws-key"
  kms_key_id = data.aws_kms_key.aws.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_secretsmanager_secret" "aws_alias" {
  name       = "data-sources-aws-alias"
  kms_key_id = data.aws_kms_alias.aws.target_key_arn

  tags = {
    data-class = "financial"
  }
}

# Policies of the account that is looked up; what they allow it on is not known yet.

resource "aws_iam_role" "late" {
  name = "data-sources-late"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "account" {
  statement {
    actions   = ["kms:*"]
    resources = [aws_iam_role.late.arn]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "kms:CallerAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "open" {
  source_policy_documents = [data.aws_iam_policy_document.account.json]

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.late.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "kms:CallerAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_kms_key" "account" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account.json
}

resource "aws_kms_key" "open" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.open.json
}
