# Its resource leaves the state: it stays on.
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

removed {
  from = aws_ebs_encryption_by_default.here

  lifecycle {
    destroy = false
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
