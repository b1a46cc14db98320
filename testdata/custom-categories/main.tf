# Categories of the organisation's own, under a tag key of its own; and look-alikes.
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

# Its alias says what it is for.
resource "aws_kms_key" "cards" {
  description         = "payment cards"
  enable_key_rotation = true
}

resource "aws_kms_alias" "cards" {
  name          = "alias/cmk-card"
  target_key_id = aws_kms_key.cards.key_id
}

# Enough, and not what is recommended: the key is not kept in an HSM.
resource "aws_sns_topic" "cards" {
  name              = "cards"
  kms_master_key_id = aws_kms_key.cards.arn

  tags = {
    confidentiality = "card-data"
  }
}

# Another word for the same; sensitive, and under a key of AWS's.
resource "aws_sns_topic" "numbers" {
  name              = "numbers"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    confidentiality = "PAN"
  }
}

# Personal data under the key of payment cards: two sensitive categories, one key.
resource "aws_sns_topic" "people" {
  name              = "people"
  kms_master_key_id = aws_kms_key.cards.arn

  tags = {
    confidentiality = "pii"
  }
}

# A category that needs little, with what AWS does.
resource "aws_sqs_queue" "notes" {
  name = "notes"

  tags = {
    confidentiality = "internal-notes"
  }
}

# `public` needs more than planseal says, by the configuration.
resource "aws_sqs_queue" "site" {
  name = "site"

  tags = {
    confidentiality = "public"
  }
}

# The built-in tag key counts no more.
resource "aws_sns_topic" "other" {
  name              = "other"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "pii"
  }
}
