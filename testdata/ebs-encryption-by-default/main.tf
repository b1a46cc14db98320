# EBS encryption by default: the states that ebs-account-defaults does not show.
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


provider "aws" {
  alias                       = "by_output"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "uncovered"
  region                      = "eu-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "quiet"
  region                      = "eu-south-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "terraform_data" "choice" {
  input = "yes"
}

resource "aws_kms_key" "disks" {
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

# Known after apply.
resource "aws_ebs_encryption_by_default" "unknown" {
  enabled = terraform_data.choice.id != ""
}

resource "aws_ebs_volume" "unknown" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true
  kms_key_id        = aws_kms_key.disks.arn

  tags = {
    data-class = "operational"
  }
}

# The output is the input, and what is made of it is not in the plan.
resource "aws_ebs_encryption_by_default" "by_output" {
  provider = aws.by_output
  enabled  = terraform_data.choice.output == "yes"
}

# Disks in a Region for which nothing is said.

resource "aws_instance" "uncovered" {
  provider      = aws.uncovered
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = "arn:aws:kms:eu-north-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_launch_template" "uncovered" {
  provider      = aws.uncovered
  name          = "uncovered"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  tags = {
    data-class = "operational"
  }
}

# A Region without disks.
resource "aws_sns_topic" "quiet" {
  provider          = aws.quiet
  name              = "quiet"
  kms_master_key_id = "arn:aws:kms:eu-south-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"

  tags = {
    data-class = "operational"
  }
}
