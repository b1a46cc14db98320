# Direct Connect: MACsec where the port has it.
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

locals {
  connections = {
    demanded = { bandwidth = "10Gbps", macsec = true, mode = "must_encrypt" }
    # It falls back to plain text.
    offered = { bandwidth = "100Gbps", macsec = true, mode = "should_encrypt" }
    refused = { bandwidth = "10Gbps", macsec = false, mode = null }
    # A port that has no MACsec.
    slow = { bandwidth = "1Gbps", macsec = null, mode = null }
  }
}

resource "aws_dx_connection" "each" {
  for_each        = local.connections
  name            = each.key
  location        = "EqFA5"
  bandwidth       = each.value.bandwidth
  request_macsec  = each.value.macsec
  encryption_mode = each.value.mode
}

resource "aws_dx_connection" "unset" {
  name      = "unset"
  location  = "EqFA5"
  bandwidth = "10Gbps"
}

# A mode that is known only after apply.
resource "terraform_data" "late" {}

resource "aws_dx_connection" "late" {
  name            = "late"
  location        = "EqFA5"
  bandwidth       = "10Gbps"
  request_macsec  = true
  encryption_mode = terraform_data.late.id == "" ? "no_encrypt" : "must_encrypt"
}
