# The topic whose category only its key told goes to the default key.
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
  alias                       = "editors"
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

resource "aws_kms_key" "pii" {
  description         = "personal data"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "untagged" {
  description         = "no category"
  enable_key_rotation = true
}

resource "aws_sns_topic" "patients" {
  name              = "tags-patients"
  kms_master_key_id = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "letters" {
  name              = "tags-letters"
  kms_master_key_id = aws_kms_key.untagged.arn

  tags = {
    data-class = "pii"
  }
}

# Category from default_tags.
resource "aws_sns_topic" "news" {
  provider          = aws.editors
  name              = "tags-news"
  kms_master_key_id = "alias/aws/sns"
}

# Category from the key alone.
resource "aws_sns_topic" "inferred" {
  name              = "tags-inferred"
  kms_master_key_id = "alias/aws/sns"
}

# No category.
resource "aws_sns_topic" "feed" {
  name              = "tags-feed"
  kms_master_key_id = "alias/aws/sns"
}
