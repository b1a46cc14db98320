# What each category recommends of the key: a policy of its own, a hardware module, imported material.
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

variable "first" {
  type    = bool
  default = true
}

locals {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}

# Keys without a tag: they fit any category. Nobody sets their policy.
resource "aws_kms_key" "bare" {
  for_each            = toset(["pii", "financial", "health", "operational", "either", "one_of_two"])
  enable_key_rotation = true
}

resource "aws_kms_key" "inline" {
  enable_key_rotation = true
  policy              = local.policy
}

resource "aws_kms_key" "null_policy" {
  enable_key_rotation = true
  policy              = null
}

resource "aws_kms_key" "separate" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "separate" {
  key_id = aws_kms_key.separate.id
  policy = local.policy
}

# The plan does not tell which of two keys this is for.
resource "aws_kms_key_policy" "either" {
  key_id = var.first ? aws_kms_key.bare["either"].id : aws_kms_key.bare["operational"].id
  policy = local.policy
}

resource "aws_kms_custom_key_store" "vault" {
  cloud_hsm_cluster_id  = "cluster-1a23b4cdefg"
  custom_key_store_name = "vault"
  key_store_password    = "not-a-secret"

  trust_anchor_certificate = "-----BEGIN CERTIFICATE-----"
}

resource "aws_kms_key" "in_a_store" {
  custom_key_store_id = "cks-1234567890abcdef0"
}

resource "aws_kms_key" "in_a_new_store" {
  custom_key_store_id = aws_kms_custom_key_store.vault.id
}

resource "aws_kms_external_key" "bare" {
  for_each                = toset(["pii", "financial", "health"])
  deletion_window_in_days = 14
}

resource "aws_kms_external_key" "inline" {
  deletion_window_in_days = 14
  policy                  = local.policy
}

resource "terraform_data" "later" {
  input = "later"
}

# Read only when the plan is applied: whichever key it is, that alias is none of AWS's.
data "aws_kms_key" "elsewhere" {
  key_id     = "alias/elsewhere"
  depends_on = [terraform_data.later]
}

# Personal data: a key with a policy of its own.

resource "aws_sns_topic" "pii_inline" {
  name              = "pii-inline"
  kms_master_key_id = aws_kms_key.inline.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_separate" {
  name              = "pii-separate"
  kms_master_key_id = aws_kms_key.separate.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_bare" {
  name              = "pii-bare"
  kms_master_key_id = aws_kms_key.bare["pii"].arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_null_policy" {
  name              = "pii-null-policy"
  kms_master_key_id = aws_kms_key.null_policy.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_imported" {
  name              = "pii-imported"
  kms_master_key_id = aws_kms_external_key.bare["pii"].arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_imported_inline" {
  name              = "pii-imported-inline"
  kms_master_key_id = aws_kms_external_key.inline.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_either" {
  name              = "pii-either"
  kms_master_key_id = aws_kms_key.bare["either"].arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_one_of_two" {
  name              = "pii-one-of-two"
  kms_master_key_id = var.first ? aws_kms_key.inline.arn : aws_kms_key.bare["one_of_two"].arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_literal" {
  name              = "pii-literal"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/0b6f5a3e-1111-4222-8333-444455556666"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "pii_aws_key" {
  name              = "pii-aws-key"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "pii"
  }
}

# Health data: a key in a hardware module.

resource "aws_sns_topic" "health_store" {
  name              = "health-store"
  kms_master_key_id = aws_kms_key.in_a_store.arn

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_new_store" {
  name              = "health-new-store"
  kms_master_key_id = aws_kms_key.in_a_new_store.arn

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_bare" {
  name              = "health-bare"
  kms_master_key_id = aws_kms_key.bare["health"].arn

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_imported" {
  name              = "health-imported"
  kms_master_key_id = aws_kms_external_key.bare["health"].arn

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_literal" {
  name              = "health-literal"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/0b6f5a3e-1111-4222-8333-444455556667"

  tags = {
    data-class = "health"
  }
}

# Financial data: any key of our own will do, imported material too.

resource "aws_sns_topic" "financial_bare" {
  name              = "financial-bare"
  kms_master_key_id = aws_kms_key.bare["financial"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "financial_imported" {
  name              = "financial-imported"
  kms_master_key_id = aws_kms_external_key.bare["financial"].arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "financial_literal" {
  name              = "financial-literal"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/0b6f5a3e-1111-4222-8333-444455556668"

  tags = {
    data-class = "financial"
  }
}

# Operational data: a key of our own; one of AWS is enough.

resource "aws_sns_topic" "operational_bare" {
  name              = "operational-bare"
  kms_master_key_id = aws_kms_key.bare["operational"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "operational_aws_key" {
  name              = "operational-aws-key"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "operational_elsewhere" {
  name              = "operational-elsewhere"
  kms_master_key_id = data.aws_kms_key.elsewhere.arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_secretsmanager_secret" "operational" {
  name = "key-properties/operational"

  tags = {
    data-class = "operational"
  }
}

# Public data: nothing more than what AWS does by itself.
resource "aws_s3_bucket" "public" {
  bucket = "key-properties.example.com"

  tags = {
    data-class = "public"
  }
}
