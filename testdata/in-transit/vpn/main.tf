# Tunnels by what they accept.
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

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "203.0.113.7"
  type       = "ipsec.1"
}

resource "aws_vpn_gateway" "main" {
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

locals {
  strong = {
    ike        = ["ikev2"]
    encryption = ["AES256", "AES256-GCM-16"]
    integrity  = ["SHA2-256", "SHA2-384"]
    groups     = [14, 19, 20]
  }
  # What each connection has otherwise, in one of its tunnels or phases.
  connections = {
    strong = {}
    # IKEv1 is accepted beside IKEv2.
    ikev1 = { ike = ["ikev1", "ikev2"] }
    sha1  = { integrity = ["SHA1", "SHA2-256"] }
    group = { groups = [2, 14] }
    # Parameters of unknown origin.
    group24 = { groups = [24] }
    # One option of one tunnel is not set.
    phase2_unset = { groups = null }
    ike_unset    = { ike = null }
  }
}

# The first tunnel is strong, and so is all of the second but one option.
resource "aws_vpn_connection" "each" {
  for_each            = local.connections
  customer_gateway_id = aws_customer_gateway.office.id
  vpn_gateway_id      = aws_vpn_gateway.main.id
  type                = "ipsec.1"

  tunnel1_ike_versions                 = local.strong.ike
  tunnel1_phase1_encryption_algorithms = local.strong.encryption
  tunnel1_phase1_integrity_algorithms  = local.strong.integrity
  tunnel1_phase1_dh_group_numbers      = local.strong.groups
  tunnel1_phase2_encryption_algorithms = local.strong.encryption
  tunnel1_phase2_integrity_algorithms  = local.strong.integrity
  tunnel1_phase2_dh_group_numbers      = local.strong.groups

  tunnel2_ike_versions                 = lookup(each.value, "ike", local.strong.ike)
  tunnel2_phase1_encryption_algorithms = local.strong.encryption
  tunnel2_phase1_integrity_algorithms  = local.strong.integrity
  tunnel2_phase1_dh_group_numbers      = local.strong.groups
  tunnel2_phase2_encryption_algorithms = local.strong.encryption
  tunnel2_phase2_integrity_algorithms  = lookup(each.value, "integrity", local.strong.integrity)
  tunnel2_phase2_dh_group_numbers      = lookup(each.value, "groups", local.strong.groups)
}

# Nothing is set.
resource "aws_vpn_connection" "unset" {
  customer_gateway_id = aws_customer_gateway.office.id
  vpn_gateway_id      = aws_vpn_gateway.main.id
  type                = "ipsec.1"
}

# One tunnel is strong, and the other is left as it comes.
resource "aws_vpn_connection" "one_tunnel" {
  customer_gateway_id = aws_customer_gateway.office.id
  vpn_gateway_id      = aws_vpn_gateway.main.id
  type                = "ipsec.1"

  tunnel1_ike_versions                 = local.strong.ike
  tunnel1_phase1_encryption_algorithms = local.strong.encryption
  tunnel1_phase1_integrity_algorithms  = local.strong.integrity
  tunnel1_phase1_dh_group_numbers      = local.strong.groups
  tunnel1_phase2_encryption_algorithms = local.strong.encryption
  tunnel1_phase2_integrity_algorithms  = local.strong.integrity
  tunnel1_phase2_dh_group_numbers      = local.strong.groups
}

# The versions are known only after apply.
resource "terraform_data" "late" {
  input = ["ikev2"]
}

resource "aws_vpn_connection" "late" {
  customer_gateway_id = aws_customer_gateway.office.id
  vpn_gateway_id      = aws_vpn_gateway.main.id
  type                = "ipsec.1"

  tunnel1_ike_versions                 = local.strong.ike
  tunnel1_phase1_encryption_algorithms = local.strong.encryption
  tunnel1_phase1_integrity_algorithms  = local.strong.integrity
  tunnel1_phase1_dh_group_numbers      = local.strong.groups
  tunnel1_phase2_encryption_algorithms = local.strong.encryption
  tunnel1_phase2_integrity_algorithms  = local.strong.integrity
  tunnel1_phase2_dh_group_numbers      = local.strong.groups
  tunnel2_ike_versions                 = [substr(terraform_data.late.id, 0, 5)]
  tunnel2_phase1_encryption_algorithms = local.strong.encryption
  tunnel2_phase1_integrity_algorithms  = local.strong.integrity
  tunnel2_phase1_dh_group_numbers      = local.strong.groups
  tunnel2_phase2_encryption_algorithms = local.strong.encryption
  tunnel2_phase2_integrity_algorithms  = local.strong.integrity
  tunnel2_phase2_dh_group_numbers      = local.strong.groups
}
