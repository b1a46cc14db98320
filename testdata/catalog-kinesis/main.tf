# Streams: encryption has to be asked for, together with a key.
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

resource "aws_kinesis_stream" "unset" {
  name        = "unset"
  shard_count = 1

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "unset_operational" {
  name        = "unset-operational"
  shard_count = 1

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_stream" "off" {
  name            = "off"
  shard_count     = 1
  encryption_type = "NONE"

  tags = {
    data-class = "public"
  }
}

# The API refuses this.
resource "aws_kinesis_stream" "no_key" {
  name            = "no-key"
  shard_count     = 1
  encryption_type = "KMS"

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_stream" "no_key_pii" {
  name            = "no-key-pii"
  shard_count     = 1
  encryption_type = "KMS"

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "aws_key" {
  name            = "aws-key"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "aws_key_operational" {
  name            = "aws-key-operational"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_stream" "own_key" {
  name            = "own-key"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.person.id

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "own_key_elsewhere" {
  name            = "own-key-elsewhere"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "financial"
  }
}

resource "aws_kinesis_stream" "wrong_key" {
  name            = "wrong-key"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

# A key without the type encrypts nothing.
resource "aws_kinesis_stream" "key_unused" {
  name        = "key-unused"
  shard_count = 1
  kms_key_id  = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "untagged" {
  name        = "untagged"
  shard_count = 1
}

# A consumer holds nothing.
resource "aws_kinesis_stream_consumer" "unset" {
  name       = "unset"
  stream_arn = aws_kinesis_stream.unset.arn
}
