# Replicas of tables: each has a key of its own Region.
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
resource "aws_dynamodb_table" "alone" {
  name             = "alone"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "replica" {
  name             = "replica"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.person.arn
  }

  replica {
    region_name = "eu-west-1"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "replica_keys" {
  name             = "replica-keys"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.person.arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = "arn:aws:kms:eu-west-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  replica {
    region_name = "eu-north-1"
    kms_key_arn = "arn:aws:kms:eu-north-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "one_of_two" {
  name             = "one-of-two"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.person.arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = "arn:aws:kms:eu-west-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  replica {
    region_name = "eu-north-1"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "wrong_key" {
  name             = "wrong-key"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.person.arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "operational" {
  name             = "operational"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  replica {
    region_name = "eu-west-1"
  }

  tags = {
    data-class = "operational"
  }
}

# Neither the table nor its replica asks for KMS.
resource "aws_dynamodb_table" "by_default" {
  name             = "by-default"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "eu-west-1"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_dynamodb_table" "by_default_public" {
  name             = "by-default-public"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "eu-west-1"
  }

  tags = {
    data-class = "public"
  }
}
