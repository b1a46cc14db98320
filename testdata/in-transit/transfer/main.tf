# Servers and connectors by what they accept.
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

resource "aws_transfer_server" "strong" {
  security_policy_name = "TransferSecurityPolicy-2024-01"
}

# The provider asks for the policy of 2018.
resource "aws_transfer_server" "unset" {}

resource "aws_transfer_server" "old" {
  protocols            = ["SFTP"]
  security_policy_name = "TransferSecurityPolicy-2020-06"
}

resource "aws_transfer_server" "fips_ssh_rsa" {
  security_policy_name = "TransferSecurityPolicy-FIPS-2023-05"
}

# FTP goes inside networks alone.
resource "aws_transfer_server" "ftp" {
  protocols              = ["FTP", "SFTP"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-central-1:111122223333:function:login"
  security_policy_name   = "TransferSecurityPolicy-2025-03"

  endpoint_details {
    vpc_id     = "vpc-0aaaaaaaaaaaaaaa1"
    subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1"]
  }
}

# FTPS is not FTP.
resource "aws_transfer_server" "ftps" {
  protocols              = ["FTPS"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-central-1:111122223333:function:login"
  certificate            = "arn:aws:acm:eu-central-1:111122223333:certificate/0f0f0f0f-0000-4000-8000-000000000001"
  security_policy_name   = "TransferSecurityPolicy-2025-03"

  endpoint_details {
    vpc_id     = "vpc-0aaaaaaaaaaaaaaa1"
    subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1"]
  }
}

# A policy that is named only after apply.
resource "terraform_data" "late" {}

resource "aws_transfer_server" "late" {
  security_policy_name = "TransferSecurityPolicy-20${length(terraform_data.late.id)}-01"
}

locals {
  as2 = {
    strong     = { url = "https://as2.example.com", encryption = "AES256_CBC", signing = "SHA256", mdn = "SHA256" }
    plain      = { url = "http://as2.example.com", encryption = "AES256_CBC", signing = "SHA256", mdn = "DEFAULT" }
    unsigned   = { url = "https://as2.example.com", encryption = "AES256_CBC", signing = "NONE", mdn = "SHA256" }
    clear      = { url = "https://as2.example.com", encryption = "NONE", signing = "SHA256", mdn = "SHA256" }
    sha1_reply = { url = "https://as2.example.com", encryption = "AES128_CBC", signing = "SHA512", mdn = "SHA1" }
  }
}

resource "aws_transfer_connector" "as2" {
  for_each    = local.as2
  access_role = "arn:aws:iam::111122223333:role/transfer"
  url         = each.value.url

  as2_config {
    compression           = "DISABLED"
    encryption_algorithm  = each.value.encryption
    signing_algorithm     = each.value.signing
    mdn_signing_algorithm = each.value.mdn
    mdn_response          = "SYNC"
    local_profile_id      = "p-0123456789abcdef0"
    partner_profile_id    = "p-0123456789abcdef1"
  }
}

locals {
  sftp = {
    newer = "TransferSFTPConnectorSecurityPolicy-2024-03"
    older = "TransferSFTPConnectorSecurityPolicy-2023-07"
  }
}

resource "aws_transfer_connector" "sftp" {
  for_each             = local.sftp
  access_role          = "arn:aws:iam::111122223333:role/transfer"
  url                  = "sftp://files.example.com"
  security_policy_name = each.value

  sftp_config {
    trusted_host_keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleEx"]
    user_secret_id    = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:sftp-AbCdEf"
  }
}

# AWS takes the newer policy.
resource "aws_transfer_connector" "sftp_unset" {
  access_role = "arn:aws:iam::111122223333:role/transfer"
  url         = "sftp://files.example.com"

  sftp_config {
    trusted_host_keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleEx"]
    user_secret_id    = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:sftp-AbCdEf"
  }
}
