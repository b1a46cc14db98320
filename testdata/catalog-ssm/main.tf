# Parameters: only secure strings are encrypted with KMS, and only they are judged.
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

resource "aws_ssm_parameter" "secure" {
  name  = "/example/secure"
  type  = "SecureString"
  value = "example"

  tags = {
    data-class = "pii"
  }
}

resource "aws_ssm_parameter" "secure_operational" {
  name  = "/example/secure-operational"
  type  = "SecureString"
  value = "example"

  tags = {
    data-class = "operational"
  }
}

resource "aws_ssm_parameter" "aws_key" {
  name   = "/example/aws-key"
  key_id = "alias/aws/ssm"
  type   = "SecureString"
  value  = "example"

  tags = {
    data-class = "financial"
  }
}

resource "aws_ssm_parameter" "own_key" {
  name   = "/example/own-key"
  key_id = aws_kms_key.person.arn
  type   = "SecureString"
  value  = "example"

  tags = {
    data-class = "pii"
  }
}

resource "aws_ssm_parameter" "own_key_id" {
  name   = "/example/own-key-id"
  key_id = aws_kms_key.person.key_id
  type   = "SecureString"
  value  = "example"

  tags = {
    data-class = "pii"
  }
}

resource "aws_ssm_parameter" "own_key_elsewhere" {
  name   = "/example/own-key-elsewhere"
  key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  type   = "SecureString"
  value  = "example"

  tags = {
    data-class = "health"
  }
}

resource "aws_ssm_parameter" "wrong_key" {
  name   = "/example/wrong-key"
  key_id = aws_kms_key.everyday.arn
  type   = "SecureString"
  value  = "example"

  tags = {
    data-class = "pii"
  }
}

resource "aws_ssm_parameter" "untagged" {
  name  = "/example/untagged"
  type  = "SecureString"
  value = "example"
}

# No secure string: not judged.
resource "aws_ssm_parameter" "plain" {
  name  = "/example/plain"
  type  = "String"
  value = "example"

  tags = {
    data-class = "operational"
  }
}

resource "aws_ssm_parameter" "plain_pii" {
  name  = "/example/plain-pii"
  type  = "StringList"
  value = "a,b"

  tags = {
    data-class = "pii"
  }
}
