# CodeArtifact domains and CodeCommit repositories: always encrypted, under whose key.
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

resource "aws_codeartifact_domain" "unset_operational" {
  domain = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_codeartifact_domain" "unset_pii" {
  domain = "unset-pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_codeartifact_domain" "cmk_pii" {
  domain         = "cmk-pii"
  encryption_key = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_codeartifact_domain" "managed_operational" {
  domain         = "managed-operational"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:alias/aws/codeartifact"

  tags = {
    data-class = "operational"
  }
}

resource "aws_codeartifact_domain" "outside_financial" {
  domain         = "outside-financial"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_codecommit_repository" "unset_operational" {
  repository_name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_codecommit_repository" "unset_pii" {
  repository_name = "unset-pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_codecommit_repository" "cmk_pii" {
  repository_name = "cmk-pii"
  kms_key_id      = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_codecommit_repository" "managed_operational" {
  repository_name = "managed-operational"
  kms_key_id      = "arn:aws:kms:eu-central-1:111122223333:alias/aws/codecommit"

  tags = {
    data-class = "operational"
  }
}

resource "aws_codecommit_repository" "outside_financial" {
  repository_name = "outside-financial"
  kms_key_id      = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
