# Rotation and deletion window of keys, one property a key.
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

resource "terraform_data" "setting" {
  input = {
    rotate = true
    window = 30
  }
}

resource "aws_kms_key" "good" {
  description             = "rotates, four weeks"
  enable_key_rotation     = true
  deletion_window_in_days = 28
}

resource "aws_kms_key" "no_rotation" {
  description = "rotation left out"
}

resource "aws_kms_key" "rotation_off" {
  description         = "rotation switched off, written in full"
  key_usage           = "ENCRYPT_DECRYPT"
  enable_key_rotation = false
}

resource "aws_kms_key" "multi_region_off" {
  description  = "a primary does not rotate by itself"
  multi_region = true
}

resource "aws_kms_key" "rotation_unknown" {
  description         = "rotation known after apply"
  enable_key_rotation = terraform_data.setting.id != ""
}

# The output is the input, and an expression may make anything of it (`!x.output.rotate`): plan JSON does not tell.
resource "aws_kms_key" "rotation_by_output" {
  description             = "rotation from an output"
  enable_key_rotation     = terraform_data.setting.output.rotate
  deletion_window_in_days = terraform_data.setting.output.window
}

resource "aws_kms_key" "window_13" {
  description             = "one day short"
  enable_key_rotation     = true
  deletion_window_in_days = 13
}

resource "aws_kms_key" "window_14" {
  description             = "just long enough"
  enable_key_rotation     = true
  deletion_window_in_days = 14
}

resource "aws_kms_key" "window_unknown" {
  description             = "window known after apply"
  enable_key_rotation     = true
  deletion_window_in_days = length(terraform_data.setting.id)
}

resource "aws_kms_key" "signing" {
  description              = "does not rotate, but has a window"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
  deletion_window_in_days  = 7
}

resource "aws_kms_external_key" "short" {
  description             = "our own material"
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "short" {
  description             = "replica"
  primary_key_arn         = "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef"
  deletion_window_in_days = 10
}
