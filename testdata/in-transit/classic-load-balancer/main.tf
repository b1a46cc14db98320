# Classic Load Balancers: listeners, and the three resources that give them TLS policies.
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
  certificate = "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-1111-2222-3333-444444444444"
}

# TLS 1.2 only, by the short way.
resource "aws_elb" "tls" {
  name    = "tls"
  subnets = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 443
    instance_protocol  = "https"
    ssl_certificate_id = local.certificate
  }
}

resource "aws_lb_ssl_negotiation_policy" "tls" {
  name          = "tls-1-2"
  load_balancer = aws_elb.tls.id
  lb_port       = 443

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

# And by the long way, with protocols one by one.
resource "aws_elb" "long" {
  name    = "long"
  subnets = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "HTTPS"
    instance_port      = 443
    instance_protocol  = "HTTPS"
    ssl_certificate_id = local.certificate
  }
}

resource "aws_load_balancer_policy" "long" {
  load_balancer_name = aws_elb.long.name
  policy_name        = "ours"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  policy_attribute {
    name  = "Protocol-TLSv1"
    value = "false"
  }
  policy_attribute {
    name  = "ECDHE-RSA-AES128-GCM-SHA256"
    value = "true"
  }
}

resource "aws_load_balancer_listener_policy" "long" {
  load_balancer_name = aws_elb.long.name
  load_balancer_port = 443
  policy_names       = [aws_load_balancer_policy.long.policy_name]
}

# Nothing says a policy, one listener speaks plain HTTP to the world, and its instances do too.
resource "aws_elb" "plain" {
  name    = "plain"
  subnets = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 80
    instance_protocol  = "http"
    ssl_certificate_id = local.certificate
  }

  listener {
    lb_port           = 80
    lb_protocol       = "HTTP"
    instance_port     = 443
    instance_protocol = "https"
  }
}

# The same inside.
resource "aws_elb" "internal" {
  name     = "internal"
  internal = true
  subnets  = ["subnet-11111111"]

  listener {
    lb_port            = 636
    lb_protocol        = "ssl"
    instance_port      = 636
    instance_protocol  = "ssl"
    ssl_certificate_id = local.certificate
  }
}

# Two listeners, one policy.
resource "aws_elb" "half" {
  name    = "half"
  subnets = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 443
    instance_protocol  = "https"
    ssl_certificate_id = local.certificate
  }

  listener {
    lb_port            = 8443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = local.certificate
  }
}

resource "aws_lb_ssl_negotiation_policy" "half" {
  name          = "tls-1-2"
  load_balancer = aws_elb.half.id
  lb_port       = 443

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

# Policies that accept older versions, on load balancers of another configuration.
resource "aws_lb_ssl_negotiation_policy" "tls_1_1" {
  name          = "tls-1-1"
  load_balancer = "elsewhere"
  lb_port       = 443

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-1-2017-01"
  }
}

resource "aws_lb_ssl_negotiation_policy" "empty" {
  name          = "empty"
  load_balancer = aws_elb.internal.id
  lb_port       = 636
}

resource "aws_load_balancer_policy" "old" {
  load_balancer_name = "elsewhere"
  policy_name        = "old"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  policy_attribute {
    name  = "Protocol-SSLv3"
    value = "true"
  }
}

resource "aws_load_balancer_policy" "empty" {
  load_balancer_name = "elsewhere"
  policy_name        = "empty"
  policy_type_name   = "SSLNegotiationPolicyType"
}

resource "aws_load_balancer_listener_policy" "default" {
  load_balancer_name = "elsewhere"
  load_balancer_port = 443
  policy_names       = ["ELBSecurityPolicy-2016-08"]
}

resource "terraform_data" "policy" {
}

resource "aws_load_balancer_policy" "unknown" {
  load_balancer_name = "elsewhere"
  policy_name        = "unknown"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute {
    name  = "Reference-Security-Policy"
    value = terraform_data.policy.id
  }
}

# Not about TLS: the proxy protocol, and TCP that is passed on.
resource "aws_load_balancer_policy" "proxy" {
  load_balancer_name = "elsewhere"
  policy_name        = "proxy"
  policy_type_name   = "ProxyProtocolPolicyType"

  policy_attribute {
    name  = "ProxyProtocol"
    value = "true"
  }
}

resource "aws_elb" "tcp" {
  name    = "tcp"
  subnets = ["subnet-11111111"]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}
