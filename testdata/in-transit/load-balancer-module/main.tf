# Load balancers out of a module: one that is as it should be, and one with all that is wrong.
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

module "good" {
  source = "./modules/alb"

  name = "good"
  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" }
    }
    https = {
      certificate_arn = local.certificate
      forward         = { target_group_key = "app" }
      rules           = { api = { paths = ["/api/*"], target_group_key = "app" } }
    }
  }
  target_groups = { app = { port = 443, protocol = "HTTPS" } }
}

module "bad" {
  source = "./modules/alb"

  name     = "bad"
  internal = true
  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      redirect = { port = "443", status_code = "HTTP_301" }
      rules    = { api = { paths = ["/api/*"], target_group_key = "app" } }
    }
    https = {
      certificate_arn = local.certificate
      ssl_policy      = "ELBSecurityPolicy-2016-08"
      forward         = { target_group_key = "app" }
    }
  }
  target_groups = { app = { port = 80, protocol = "HTTP" } }
}
