# Kinesis video streams and Prometheus workspaces: always encrypted, under whose key.
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

resource "aws_kinesis_video_stream" "unset_operational" {
  name                    = "unset-operational"
  data_retention_in_hours = 24

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_video_stream" "unset_pii" {
  name                    = "unset-pii"
  data_retention_in_hours = 24

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_video_stream" "cmk_pii" {
  name                    = "cmk-pii"
  data_retention_in_hours = 24
  kms_key_id              = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_video_stream" "managed_operational" {
  name                    = "managed-operational"
  data_retention_in_hours = 24
  kms_key_id              = "alias/aws/kinesisvideo"

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_video_stream" "outside_financial" {
  name                    = "outside-financial"
  data_retention_in_hours = 24
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_prometheus_workspace" "unset_operational" {
  alias = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_prometheus_workspace" "unset_pii" {
  alias = "unset-pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_prometheus_workspace" "cmk_pii" {
  alias       = "cmk-pii"
  kms_key_arn = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# As much as public data needs.
resource "aws_prometheus_workspace" "unset_public" {
  alias = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_prometheus_workspace" "outside_financial" {
  alias       = "outside-financial"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
