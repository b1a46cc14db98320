# A topic in each Region: once it stands, its ARN shows which account and Region its provider configuration is for.
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
}

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "south"
  region                      = "eu-south-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "north"
  region                      = "eu-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "paris"
  region                      = "eu-west-3"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

resource "aws_sns_topic" "here" {
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "west" {
  provider          = aws.west
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "south" {
  provider          = aws.south
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "north" {
  provider          = aws.north
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "paris" {
  provider          = aws.paris
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

# Nothing shows yet where this one will be.
resource "aws_ebs_volume" "early" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = "operational"
  }
}
