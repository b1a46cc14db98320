# Keys: their period of rotation, aliases, tags, policies, and two for one kind of data.
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
  alias                       = "us"
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

locals {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

# Rotation.

resource "aws_kms_key" "two_years" {
  enable_key_rotation     = true
  rotation_period_in_days = 730
}

resource "aws_kms_key" "a_year" {
  enable_key_rotation     = true
  rotation_period_in_days = 365
}

# Off: the period says nothing.
resource "aws_kms_key" "not_at_all" {
  enable_key_rotation     = false
  rotation_period_in_days = 730
}

resource "terraform_data" "days" {
  input = 90
}

resource "aws_kms_key" "late" {
  enable_key_rotation     = true
  rotation_period_in_days = 90 + length(terraform_data.days.id)
}

# Two keys for personal data in one Region; the copy and the key in the other Region are no second ones, nor is the disabled one.

resource "aws_kms_key" "people" {
  enable_key_rotation = true
  multi_region        = true
  policy              = local.policy
  tags                = { data-class = "pii", managed-by = "terraform" }
}

resource "aws_kms_alias" "people" {
  name          = "alias/people"
  target_key_id = aws_kms_key.people.key_id
}

resource "aws_kms_key" "more_people" {
  enable_key_rotation = true
  tags                = { data-class = "pii", managed-by = "terraform" }
}

# Its policy is a resource of its own.
resource "aws_kms_key_policy" "more_people" {
  key_id = aws_kms_key.more_people.id
  policy = local.policy
}

resource "aws_kms_alias" "more_people" {
  name          = "alias/more-people"
  target_key_id = aws_kms_key.more_people.arn
}

# A copy has neither the alias nor the policy of its original; what it is for, it has.
resource "aws_kms_replica_key" "people" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.people.arn
}

resource "aws_kms_key" "people_us" {
  provider            = aws.us
  enable_key_rotation = true
  policy              = local.policy
  tags                = { data-class = "pii", managed-by = "terraform" }
}

resource "aws_kms_alias" "people_us" {
  provider      = aws.us
  name          = "alias/people"
  target_key_id = aws_kms_key.people_us.key_id
}

resource "aws_kms_key" "old_people" {
  enable_key_rotation = true
  is_enabled          = false
  policy              = local.policy
  tags                = { data-class = "pii", managed-by = "terraform" }
}

# A key policy of its own is recommended: for what the key is for, and for what it protects.

resource "aws_kms_key" "unnamed" {
  enable_key_rotation = true
}

resource "aws_sns_topic" "people" {
  name              = "people"
  kms_master_key_id = aws_kms_key.unnamed.arn
  tags              = { data-class = "pii" }
}

resource "aws_kms_external_key" "imported" {
  policy = local.policy
  tags   = { data-class = "financial", managed-by = "terraform" }
}

# A key that signs protects no data: what it is for is not asked.
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
}

# Who manages it is known after apply; an alias says what it is for.
resource "aws_kms_key" "vaults" {
  enable_key_rotation = true
  policy              = local.policy
  tags                = { data-class = "backup", managed-by = terraform_data.days.id }
}

resource "aws_kms_alias" "vaults" {
  name          = "alias/shop-backup"
  target_key_id = aws_kms_key.vaults.key_id
}
