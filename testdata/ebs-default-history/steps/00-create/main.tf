# Encryption of EBS by default in the only Region. (The stand-in for AWS does not encrypt, so the disk that stands later is not.)
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

resource "aws_ebs_encryption_by_default" "here" {
  enabled = true
}

resource "aws_ebs_volume" "here" {
  availability_zone = "eu-central-1a"
  size              = 8

  depends_on = [aws_ebs_encryption_by_default.here]
}
