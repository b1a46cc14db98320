# Delivery streams: the buffer, and what they write into a bucket with a key of their own.
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

resource "aws_kinesis_firehose_delivery_stream" "unset" {
  name        = "unset"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "unset_operational" {
  name        = "unset-operational"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "unset_public" {
  name        = "unset-public"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "off" {
  name        = "off"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  server_side_encryption {
    enabled = false
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "flag" {
  name        = "flag"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "flag_public" {
  name        = "flag-public"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "own_key" {
  name        = "own-key"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "own_key_elsewhere" {
  name        = "own-key-elsewhere"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "delivered_key" {
  name        = "delivered-key"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn    = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn  = "arn:aws:s3:::lake.example.com"
    kms_key_arn = aws_kms_key.person.arn
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

# The objects lie under the key of another category.
resource "aws_kinesis_firehose_delivery_stream" "delivered_wrong_key" {
  name        = "delivered-wrong-key"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn    = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn  = "arn:aws:s3:::lake.example.com"
    kms_key_arn = aws_kms_key.everyday.arn
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "backup_wrong_key" {
  name        = "backup-wrong-key"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn       = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn     = "arn:aws:s3:::lake.example.com"
    s3_backup_mode = "Enabled"

    s3_backup_configuration {
      role_arn    = "arn:aws:iam::111122223333:role/firehose"
      bucket_arn  = "arn:aws:s3:::backup.example.com"
      kms_key_arn = aws_kms_key.everyday.arn
    }
  }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_kinesis_stream" "source" {
  name            = "source"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# Buffers in memory only: the data lies in the Kinesis stream.
resource "aws_kinesis_firehose_delivery_stream" "reads" {
  name        = "reads"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/firehose"
    bucket_arn = "arn:aws:s3:::lake.example.com"
  }

  kinesis_source_configuration {
    role_arn           = "arn:aws:iam::111122223333:role/firehose"
    kinesis_stream_arn = aws_kinesis_stream.source.arn
  }

  tags = {
    data-class = "pii"
  }
}
