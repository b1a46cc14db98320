# What EBS does with a volume that says little depends on settings of the account and region.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# Encryption by default, with a customer key.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Encryption by default; which key is not said.
provider "aws" {
  alias                       = "key_unsaid"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Encryption by default switched off.
provider "aws" {
  alias                       = "off"
  region                      = "eu-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Nothing said.
provider "aws" {
  alias                       = "unsaid"
  region                      = "eu-south-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "disks" {
  description         = "default of EBS"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_encryption_by_default" "here" {
  enabled = true
}

resource "aws_ebs_default_kms_key" "here" {
  key_arn = aws_kms_key.disks.arn
}

resource "aws_ebs_volume" "here_unset" {
  availability_zone = "eu-central-1a"
  size              = 20

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_volume" "here_encrypted" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_encryption_by_default" "key_unsaid" {
  provider = aws.key_unsaid
}

resource "aws_ebs_volume" "key_unsaid_operational" {
  provider          = aws.key_unsaid
  availability_zone = "eu-west-1a"
  size              = 20

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "key_unsaid_pii" {
  provider          = aws.key_unsaid
  availability_zone = "eu-west-1a"
  size              = 20

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_encryption_by_default" "off" {
  provider = aws.off
  enabled  = false
}

resource "aws_ebs_volume" "off_operational" {
  provider          = aws.off
  availability_zone = "eu-north-1a"
  size              = 20

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "off_health" {
  provider          = aws.off
  availability_zone = "eu-north-1a"
  size              = 20

  tags = {
    data-class = "health"
  }
}

resource "aws_ebs_volume" "off_encrypted" {
  provider          = aws.off
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "unsaid_operational" {
  provider          = aws.unsaid
  availability_zone = "eu-south-1a"
  size              = 20

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "unsaid_public" {
  provider          = aws.unsaid
  availability_zone = "eu-south-1a"
  size              = 20

  tags = {
    data-class = "public"
  }
}

resource "aws_ebs_volume" "unsaid_pii" {
  provider          = aws.unsaid
  availability_zone = "eu-south-1a"
  size              = 20

  tags = {
    data-class = "pii"
  }
}
