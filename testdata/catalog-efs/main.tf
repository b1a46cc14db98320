# File systems: the API encrypts only where it is asked to.
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

resource "aws_efs_file_system" "unset" {
  creation_token = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "unset_operational" {
  creation_token = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_efs_file_system" "off" {
  creation_token = "off"
  encrypted      = false

  tags = {
    data-class = "public"
  }
}

resource "aws_efs_file_system" "flag" {
  creation_token = "flag"
  encrypted      = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "flag_operational" {
  creation_token = "flag-operational"
  encrypted      = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_efs_file_system" "own_key" {
  creation_token = "own-key"
  encrypted      = true
  kms_key_id     = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "own_key_elsewhere" {
  creation_token = "own-key-elsewhere"
  encrypted      = true
  kms_key_id     = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "health"
  }
}

resource "aws_efs_file_system" "wrong_key" {
  creation_token = "wrong-key"
  encrypted      = true
  kms_key_id     = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_efs_file_system" "untagged" {
  creation_token = "untagged"
  encrypted      = true
}

resource "aws_efs_file_system" "untagged_key" {
  creation_token = "untagged-key"
  encrypted      = true
  kms_key_id     = aws_kms_key.person.arn
}

# A way into a file system holds nothing.
resource "aws_efs_access_point" "unset" {
  file_system_id = aws_efs_file_system.unset.id
}
