# Where the category of a store comes from.
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
  alias                       = "money"
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "financial"
      owner      = "ledger-team"
    }
  }
}

# Its output is unknown until it exists.
resource "terraform_data" "owner" {
  input = "somebody"
}

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "money" {
  provider            = aws.money
  description         = "financial by default_tags"
  enable_key_rotation = true
}

resource "aws_kms_key" "untagged" {
  description         = "no category"
  enable_key_rotation = true
}

# By default_tags alone.
resource "aws_dynamodb_table" "ledger" {
  provider     = aws.money
  name         = "ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.money.arn
  }
}

# default_tags say financial, and so it is too little.
resource "aws_s3_bucket" "statements" {
  provider = aws.money
  bucket   = "statements.example.com"
}

# default_tags say financial, and the key says pii.
resource "aws_sns_topic" "payouts" {
  provider          = aws.money
  name              = "payouts"
  kms_master_key_id = aws_kms_key.person.arn
}

# The resource's own tag wins.
resource "aws_sns_topic" "worker_events" {
  provider          = aws.money
  name              = "worker-events"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "operational"
  }
}

# An empty tag beside default_tags leaves tags_all unknown; tags are known.
resource "aws_sns_topic" "empty_note" {
  provider          = aws.money
  name              = "empty-note"
  kms_master_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
    note       = ""
  }
}

# One unknown tag hides them all.
resource "aws_s3_bucket" "unknown_owner" {
  bucket = "unknown-owner.example.com"

  tags = {
    data-class = "pii"
    owner      = terraform_data.owner.output
  }
}

# Hidden too, and without any encryption: below what every category needs.
resource "aws_sns_topic" "unknown_owner" {
  name = "unknown-owner"

  tags = {
    data-class = "operational"
    owner      = terraform_data.owner.output
  }
}

# Hidden too, but a customer key is enough for whatever it may be.
resource "aws_dynamodb_table" "unknown_owner" {
  name         = "unknown-owner"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.untagged.arn
  }

  tags = {
    data-class = "pii"
    owner      = terraform_data.owner.output
  }
}

# Two tags that agree, whatever the order in which they are looked for.
resource "aws_sns_topic" "two_tags" {
  name              = "two-tags"
  kms_master_key_id = aws_kms_key.person.arn

  tags = {
    data-class          = "pii"
    data-classification = "pii"
  }
}

# No tag; the key tells.
resource "aws_sns_topic" "by_key" {
  name              = "by-key"
  kms_master_key_id = aws_kms_key.person.arn
}

# No tag, and the key tells nothing either.
resource "aws_sns_topic" "by_nothing" {
  name              = "by-nothing"
  kms_master_key_id = aws_kms_key.untagged.arn
}

# Nothing at all.
resource "aws_s3_bucket" "nothing" {
  bucket = "nothing.example.com"
}

resource "aws_sns_topic" "nothing" {
  name = "nothing"

  tags = {
    owner = "nobody"
  }
}

# Log groups are taken for audit logs without being asked for a tag; the key does not decide.
resource "aws_cloudwatch_log_group" "untagged" {
  name = "/tags/untagged"
}

resource "aws_cloudwatch_log_group" "untagged_with_key" {
  name       = "/tags/untagged-with-key"
  kms_key_id = aws_kms_key.person.arn
}

# A log group that says what it is.
resource "aws_cloudwatch_log_group" "tagged" {
  name = "/tags/tagged"

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_cloudwatch_log_group" "operational" {
  name = "/tags/operational"

  tags = {
    data-class = "operational"
  }
}
