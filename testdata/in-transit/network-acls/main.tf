# What network ACLs let in from the world in plain text, and what only looks like it.
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
  entries = {
    http       = { action = "allow", protocol = "tcp", from = 80, to = 80, v4 = "0.0.0.0/0", v6 = null }
    ftp_v6     = { action = "allow", protocol = "6", from = 20, to = 23, v4 = null, v6 = "::/0" }
    low_ports  = { action = "allow", protocol = "tcp", from = 0, to = 1023, v4 = "0.0.0.0/0", v6 = null }
    everything = { action = "allow", protocol = "-1", from = 0, to = 0, v4 = "0.0.0.0/0", v6 = null }
    https      = { action = "allow", protocol = "tcp", from = 443, to = 443, v4 = "0.0.0.0/0", v6 = null }
    answers    = { action = "allow", protocol = "tcp", from = 1024, to = 65535, v4 = "0.0.0.0/0", v6 = null }
    inside     = { action = "allow", protocol = "tcp", from = 80, to = 80, v4 = "10.0.0.0/8", v6 = null }
    denied     = { action = "deny", protocol = "tcp", from = 23, to = 23, v4 = "0.0.0.0/0", v6 = null }
  }
}

resource "aws_network_acl" "inline" {
  for_each = local.entries
  vpc_id   = "vpc-0aaaaaaaaaaaaaaa1"

  ingress {
    rule_no         = 100
    action          = each.value.action
    protocol        = each.value.protocol
    from_port       = each.value.from
    to_port         = each.value.to
    cidr_block      = each.value.v4
    ipv6_cidr_block = each.value.v6
  }
}

# The ACL as AWS makes it: everything in and out.
resource "aws_default_network_acl" "open" {
  default_network_acl_id = "acl-0aaaaaaaaaaaaaaa1"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "separate" {
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

resource "aws_network_acl_rule" "each" {
  for_each        = local.entries
  network_acl_id  = aws_network_acl.separate.id
  rule_number     = 100 + index(keys(local.entries), each.key)
  rule_action     = each.value.action
  protocol        = each.value.protocol
  from_port       = each.value.from
  to_port         = each.value.to
  cidr_block      = each.value.v4
  ipv6_cidr_block = each.value.v6
}

resource "aws_network_acl_rule" "out" {
  network_acl_id = aws_network_acl.separate.id
  rule_number    = 100
  egress         = true
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 80
  to_port        = 80
  cidr_block     = "0.0.0.0/0"
}

# A port that is known only after apply.
resource "terraform_data" "port" {}

resource "aws_network_acl_rule" "late" {
  network_acl_id = aws_network_acl.separate.id
  rule_number    = 300
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = length(terraform_data.port.id)
  to_port        = length(terraform_data.port.id)
  cidr_block     = "0.0.0.0/0"
}
