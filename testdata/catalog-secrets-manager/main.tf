# Replicas of secrets: each has a key of its own Region.
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

# No replica.
resource "aws_secretsmanager_secret" "alone" {
  name       = "alone"
  kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_secretsmanager_secret" "replica" {
  name       = "replica"
  kms_key_id = aws_kms_key.person.arn

  replica {
    region = "eu-west-1"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_secretsmanager_secret" "replica_key" {
  name       = "replica-key"
  kms_key_id = aws_kms_key.person.arn

  replica {
    region     = "eu-west-1"
    kms_key_id = "arn:aws:kms:eu-west-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "pii"
  }
}

# Both keys are wrong: the one of the secret is of another category, the one of its replica is not ours.
resource "aws_secretsmanager_secret" "replica_aws_key" {
  name       = "replica-aws-key"
  kms_key_id = aws_kms_key.person.arn

  replica {
    region     = "eu-west-1"
    kms_key_id = "alias/aws/secretsmanager"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_secretsmanager_secret" "one_of_two" {
  name       = "one-of-two"
  kms_key_id = aws_kms_key.person.arn

  replica {
    region     = "eu-west-1"
    kms_key_id = "arn:aws:kms:eu-west-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  replica {
    region = "eu-north-1"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_secretsmanager_secret" "wrong_key" {
  name       = "wrong-key"
  kms_key_id = aws_kms_key.person.arn

  replica {
    region     = "eu-west-1"
    kms_key_id = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_secretsmanager_secret" "operational" {
  name = "operational"


  replica {
    region = "eu-west-1"
  }

  tags = {
    data-class = "operational"
  }
}
