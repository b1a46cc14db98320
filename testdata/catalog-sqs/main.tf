# Queues: SSE-SQS is the default, a key replaces it, and it can be switched off.
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

resource "aws_sqs_queue" "unset" {
  name = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sqs_queue" "unset_operational" {
  name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

# SSE-SQS is enough for public data.
resource "aws_sqs_queue" "unset_public" {
  name = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_sqs_queue" "managed" {
  name                    = "managed"
  sqs_managed_sse_enabled = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_sqs_queue" "off" {
  name                    = "off"
  sqs_managed_sse_enabled = false

  tags = {
    data-class = "health"
  }
}

resource "aws_sqs_queue" "off_operational" {
  name                    = "off-operational"
  sqs_managed_sse_enabled = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_sqs_queue" "off_public" {
  name                    = "off-public"
  sqs_managed_sse_enabled = false

  tags = {
    data-class = "public"
  }
}

resource "aws_sqs_queue" "aws_key" {
  name              = "aws-key"
  kms_master_key_id = "alias/aws/sqs"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sqs_queue" "aws_key_operational" {
  name              = "aws-key-operational"
  kms_master_key_id = "alias/aws/sqs"

  tags = {
    data-class = "operational"
  }
}

resource "aws_sqs_queue" "own_key" {
  name              = "own-key.fifo"
  fifo_queue        = true
  kms_master_key_id = aws_kms_key.person.id

  tags = {
    data-class = "pii"
  }
}

resource "aws_sqs_queue" "own_key_elsewhere" {
  name              = "own-key-elsewhere"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sqs_queue" "wrong_key" {
  name              = "wrong-key"
  kms_master_key_id = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sqs_queue" "untagged" {
  name = "untagged"
}

# A policy of a queue is no queue.
resource "aws_sqs_queue_policy" "unset" {
  queue_url = aws_sqs_queue.unset.id
  policy    = "{}"
}
