# The network of one environment: next to nothing in it holds data, as in most of a real plan.
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
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}

variable "environment" {
  description = "Name of the environment; prefix of every name in it"
  type        = string
  default     = "landscape"
}

module "vpc" {
  source = "./modules/vpc"

  name            = var.environment
  cidr            = "10.20.0.0/16"
  zones           = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  public_subnets  = ["10.20.0.0/22", "10.20.4.0/22", "10.20.8.0/22"]
  private_subnets = ["10.20.64.0/20", "10.20.80.0/20", "10.20.96.0/20"]

  tags = {
    environment = var.environment
    team        = "platform"
    managed-by  = "terraform"
  }
}

output "vpc_id" {
  value = module.vpc.vpc_id
}
