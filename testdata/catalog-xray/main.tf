# X-Ray. There is one configuration in an account and Region, so these stand for as many of them; they have no tags.
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

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_xray_encryption_config" "none" {
  type = "NONE"
}

resource "aws_xray_encryption_config" "managed" {
  type = "KMS"
}

resource "aws_xray_encryption_config" "managed_named" {
  type   = "KMS"
  key_id = "arn:aws:kms:eu-central-1:111122223333:alias/aws/xray"
}

resource "aws_xray_encryption_config" "cmk" {
  type   = "KMS"
  key_id = aws_kms_key.person.arn
}

resource "aws_xray_encryption_config" "outside" {
  type   = "KMS"
  key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
