# What load balancers, VPC Lattice and others send requests on to.
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

resource "terraform_data" "unknown" {
}

# Target groups.
resource "aws_lb_target_group" "https" {
  name     = "https"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-11111111"
}

resource "aws_lb_target_group" "http" {
  name     = "http"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-11111111"
}

resource "aws_alb_target_group" "http_ip" {
  name        = "http-ip"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-11111111"
}

# Lambda is called by its API.
resource "aws_lb_target_group" "function" {
  name        = "function"
  target_type = "lambda"
}

# TCP that a listener passes on, and TCP that it has decrypted.
resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb_target_group" "passed_on" {
  name     = "passed-on"
  port     = 443
  protocol = "TCP"
  vpc_id   = "vpc-11111111"
}

resource "aws_lb_listener" "passing_on" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.passed_on.arn
  }
}

resource "aws_lb_target_group" "decrypted" {
  name     = "decrypted"
  port     = 8080
  protocol = "TCP"
  vpc_id   = "vpc-11111111"
}

resource "aws_lb_listener" "decrypting" {
  load_balancer_arn = aws_lb.network.arn
  port              = 8443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.decrypted.arn
  }
}

resource "aws_lb_target_group" "dns" {
  name     = "dns"
  port     = 53
  protocol = "UDP"
  vpc_id   = "vpc-11111111"
}

# Instances of Classic Load Balancers.
resource "aws_elb" "http" {
  name     = "http"
  internal = true
  subnets  = ["subnet-11111111"]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }

  listener {
    lb_port            = 8443
    lb_protocol        = "HTTPS"
    instance_port      = 80
    instance_protocol  = "HTTP"
    ssl_certificate_id = local.certificate
  }
}

resource "aws_elb" "decrypted" {
  name     = "decrypted"
  internal = true
  subnets  = ["subnet-11111111"]

  listener {
    lb_port            = 993
    lb_protocol        = "ssl"
    instance_port      = 143
    instance_protocol  = "tcp"
    ssl_certificate_id = local.certificate
  }
}

resource "aws_lb_ssl_negotiation_policy" "http" {
  name          = "tls-1-2"
  load_balancer = aws_elb.http.id
  lb_port       = 8443

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

resource "aws_lb_ssl_negotiation_policy" "decrypted" {
  name          = "tls-1-2"
  load_balancer = aws_elb.decrypted.id
  lb_port       = 993

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

# VPC Lattice.
resource "aws_vpclattice_service" "orders" {
  name = "orders"
}

resource "aws_vpclattice_listener" "http" {
  name               = "http"
  protocol           = "HTTP"
  service_identifier = aws_vpclattice_service.orders.id

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener" "https" {
  name               = "https"
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.orders.id

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener" "passed_on" {
  name               = "passed-on"
  protocol           = "TLS_PASSTHROUGH"
  port               = 8443
  service_identifier = aws_vpclattice_service.orders.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.https.id
      }
    }
  }
}

resource "aws_vpclattice_target_group" "http" {
  name = "http"
  type = "IP"

  config {
    port           = 80
    protocol       = "HTTP"
    vpc_identifier = "vpc-11111111"
  }
}

resource "aws_vpclattice_target_group" "https" {
  name = "https"
  type = "IP"

  config {
    port           = 443
    protocol       = "HTTPS"
    vpc_identifier = "vpc-11111111"
  }
}

resource "aws_vpclattice_target_group" "function" {
  name = "function"
  type = "LAMBDA"
}

# AppSync, Lightsail and Verified Access.
resource "aws_appsync_datasource" "http" {
  api_id = "a1b2c3d4e5"
  name   = "http"
  type   = "HTTP"

  http_config {
    endpoint = "http://backend.example.com"
  }
}

resource "aws_appsync_datasource" "https" {
  api_id = "a1b2c3d4e5"
  name   = "https"
  type   = "HTTP"

  http_config {
    endpoint = "https://backend.example.com"
  }
}

resource "aws_appsync_datasource" "unknown" {
  api_id = "a1b2c3d4e5"
  name   = "unknown"
  type   = "HTTP"

  http_config {
    endpoint = terraform_data.unknown.id
  }
}

resource "aws_appsync_datasource" "none" {
  api_id = "a1b2c3d4e5"
  name   = "none"
  type   = "NONE"
}

resource "aws_lightsail_distribution" "http" {
  name      = "http"
  bundle_id = "small_1_0"

  origin {
    name            = "site"
    region_name     = "eu-central-1"
    protocol_policy = "http-only"
  }
  default_cache_behavior {
    behavior = "cache"
  }
}

resource "aws_lightsail_distribution" "https" {
  name      = "https"
  bundle_id = "small_1_0"

  origin {
    name            = "site"
    region_name     = "eu-central-1"
    protocol_policy = "https-only"
  }
  default_cache_behavior {
    behavior = "cache"
  }
}

# Nobody checked what Lightsail and VPC Lattice use then.
resource "aws_lightsail_distribution" "unset" {
  name      = "unset"
  bundle_id = "small_1_0"

  origin {
    name        = "site"
    region_name = "eu-central-1"
  }
  default_cache_behavior {
    behavior = "cache"
  }
}

resource "aws_vpclattice_target_group" "unset" {
  name = "unset"
  type = "IP"

  config {
    port           = 443
    vpc_identifier = "vpc-11111111"
  }
}

resource "aws_verifiedaccess_endpoint" "http" {
  application_domain       = "http.example.com"
  attachment_type          = "vpc"
  domain_certificate_arn   = local.certificate
  endpoint_domain_prefix   = "http"
  endpoint_type            = "load-balancer"
  verified_access_group_id = "vagr-0123456789abcdef0"

  load_balancer_options {
    load_balancer_arn = aws_lb.network.arn
    port              = 80
    protocol          = "http"
    subnet_ids        = ["subnet-11111111"]
  }
}

resource "aws_verifiedaccess_endpoint" "https" {
  application_domain       = "https.example.com"
  attachment_type          = "vpc"
  domain_certificate_arn   = local.certificate
  endpoint_domain_prefix   = "https"
  endpoint_type            = "network-interface"
  verified_access_group_id = "vagr-0123456789abcdef0"

  network_interface_options {
    network_interface_id = "eni-0123456789abcdef0"
    port                 = 443
    protocol             = "https"
  }
}
