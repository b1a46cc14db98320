# Its resource is deleted, which switches it off.
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

  default_tags {
    tags = {
      data-class = "operational"
    }
  }
}

resource "aws_ebs_volume" "here" {
  availability_zone = "eu-central-1a"
  size              = 8
}

resource "aws_ebs_volume" "here_new" {
  availability_zone = "eu-central-1a"
  size              = 8
}
