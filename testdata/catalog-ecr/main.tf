# Repositories: always encrypted; the type and the key are a choice.
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

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecr_repository" "unset" {
  name = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_ecr_repository" "unset_operational" {
  name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecr_repository" "unset_public" {
  name = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_ecr_repository" "aes" {
  name = "aes"

  encryption_configuration {
    encryption_type = "AES256"
  }

  tags = {
    data-class = "financial"
  }
}

# The type is AES256 where none is set.
resource "aws_ecr_repository" "block_only" {
  name = "block-only"

  encryption_configuration {}

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecr_repository" "flag" {
  name = "flag"

  encryption_configuration {
    encryption_type = "KMS"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ecr_repository" "flag_operational" {
  name = "flag-operational"

  encryption_configuration {
    encryption_type = "KMS"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecr_repository" "dual_layer" {
  name = "dual-layer"

  encryption_configuration {
    encryption_type = "KMS_DSSE"
    kms_key         = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ecr_repository" "own_key" {
  name = "own-key"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ecr_repository" "own_key_elsewhere" {
  name = "own-key-elsewhere"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_ecr_repository" "wrong_key" {
  name = "wrong-key"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ecr_repository" "untagged" {
  name = "untagged"
}

# A rule about images holds none.
resource "aws_ecr_lifecycle_policy" "unset" {
  repository = aws_ecr_repository.unset.name
  policy     = "{\"rules\":[]}"
}
