# EventBridge event buses: AWS's own key, or a customer managed one.
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

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_cloudwatch_event_bus" "unset_operational" {
  name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_cloudwatch_event_bus" "unset_public" {
  name = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_cloudwatch_event_bus" "unset_health" {
  name = "unset-health"

  tags = {
    data-class = "health"
  }
}

resource "aws_cloudwatch_event_bus" "cmk_pii" {
  name               = "cmk-pii"
  kms_key_identifier = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_cloudwatch_event_bus" "by_id_pii" {
  name               = "by-id-pii"
  kms_key_identifier = aws_kms_key.person.key_id

  tags = {
    data-class = "pii"
  }
}

resource "aws_cloudwatch_event_bus" "outside_financial" {
  name               = "outside-financial"
  kms_key_identifier = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

# The key of another category.
resource "aws_cloudwatch_event_bus" "wrong_key_financial" {
  name               = "wrong-key-financial"
  kms_key_identifier = aws_kms_key.person.arn

  tags = {
    data-class = "financial"
  }
}
