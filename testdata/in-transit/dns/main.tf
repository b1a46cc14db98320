# Route 53 Resolver: what its endpoints answer and ask in.
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

# Known only after apply.
resource "terraform_data" "protocol" {
  input = "DoH"
}

resource "aws_route53_resolver_endpoint" "unset" {
  name               = "unset"
  direction          = "OUTBOUND"
  security_group_ids = ["sg-11112222"]

  ip_address {
    subnet_id = "subnet-11112222"
  }
  ip_address {
    subnet_id = "subnet-33334444"
  }
}

resource "aws_route53_resolver_endpoint" "both" {
  name               = "both"
  direction          = "INBOUND"
  security_group_ids = ["sg-11112222"]
  protocols          = ["Do53", "DoH"]

  ip_address {
    subnet_id = "subnet-11112222"
  }
  ip_address {
    subnet_id = "subnet-33334444"
  }
}

resource "aws_route53_resolver_endpoint" "https" {
  name               = "https"
  direction          = "INBOUND"
  security_group_ids = ["sg-11112222"]
  protocols          = ["DoH"]

  ip_address {
    subnet_id = "subnet-11112222"
  }
  ip_address {
    subnet_id = "subnet-33334444"
  }
}

resource "aws_route53_resolver_endpoint" "told_later" {
  name               = "told-later"
  direction          = "INBOUND"
  security_group_ids = ["sg-11112222"]
  protocols          = [terraform_data.protocol.output]

  ip_address {
    subnet_id = "subnet-11112222"
  }
  ip_address {
    subnet_id = "subnet-33334444"
  }
}

# The provider writes `Do53`.
resource "aws_route53_resolver_rule" "unset" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-1111222233334444"

  target_ip {
    ip = "192.0.2.53"
  }
}

resource "aws_route53_resolver_rule" "https" {
  domain_name          = "office.example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = "rslvr-out-1111222233334444"

  target_ip {
    ip       = "192.0.2.53"
    port     = 443
    protocol = "DoH"
  }
}

# AWS's own resolver answers.
resource "aws_route53_resolver_rule" "system" {
  domain_name = "internal.example.com"
  rule_type   = "SYSTEM"
}
