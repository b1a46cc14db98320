# The keys of the file systems are written no more, and stay.
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

resource "aws_efs_file_system" "listed" {
  creation_token = "known-keys-listed"
  encrypted      = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "not_listed" {
  creation_token = "known-keys-not-listed"
  encrypted      = true

  tags = {
    data-class = "operational"
  }
}

# The key of this account and Region.
resource "aws_sns_topic" "alias_here" {
  name              = "alias-here"
  kms_master_key_id = "alias/cmk-trail"
}

# A key of another account has this alias there.
resource "aws_sns_topic" "alias_elsewhere" {
  name              = "alias-elsewhere"
  kms_master_key_id = "alias/cmk-people"
}
