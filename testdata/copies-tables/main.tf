# Replicas of DynamoDB tables.
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

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# With a policy of its own, so that what is under it has all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true
  multi_region        = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_replica_key" "pii" {
  provider        = aws.west
  primary_key_arn = aws_kms_key.pii.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

resource "aws_dynamodb_table" "orders" {
  name             = "copies-orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.pii.arn
  }

  tags = {
    data-class = "pii"
  }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "clicks" {
  name             = "copies-clicks"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  tags = {
    data-class = "public"
  }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "jobs" {
  name             = "copies-jobs"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "operational"
  }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table_replica" "orders" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.orders.arn
  kms_key_arn      = aws_kms_replica_key.pii.arn
}

resource "aws_dynamodb_table_replica" "orders_unkeyed" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.orders.arn
}

resource "aws_dynamodb_table_replica" "clicks" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.clicks.arn
}

resource "aws_dynamodb_table_replica" "jobs" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.jobs.arn
}

resource "aws_dynamodb_table_replica" "elsewhere" {
  provider         = aws.west
  global_table_arn = "arn:aws:dynamodb:eu-central-1:111122223333:table/elsewhere"
}

# It says less than its table, and holds the same.
resource "aws_dynamodb_table_replica" "orders_lowered" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.orders.arn
  kms_key_arn      = aws_kms_replica_key.pii.arn

  tags = {
    data-class = "operational"
  }
}

# It says the same.
resource "aws_dynamodb_table_replica" "orders_same" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.orders.arn
  kms_key_arn      = aws_kms_replica_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

# It says more, and may.
resource "aws_dynamodb_table_replica" "clicks_raised" {
  provider         = aws.west
  global_table_arn = aws_dynamodb_table.clicks.arn
  kms_key_arn      = aws_kms_replica_key.pii.arn

  tags = {
    data-class = "pii"
  }
}
