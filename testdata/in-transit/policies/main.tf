# Which policies keep plain HTTP out of buckets, queues, topics and file systems, and which only look as if they did.
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

# --- Buckets: the usual styles ---

# A data source whose resources are known only after apply.
resource "aws_s3_bucket" "by_document" {
  bucket = "by-document.example.com"
}

data "aws_iam_policy_document" "by_document" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.by_document.arn, "${aws_s3_bucket.by_document.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "by_document" {
  bucket = aws_s3_bucket.by_document.id
  policy = data.aws_iam_policy_document.by_document.json
}

# The same as text, with ARNs that are written out.
resource "aws_s3_bucket" "by_text" {
  bucket = "by-text.example.com"
}

resource "aws_s3_bucket_policy" "by_text" {
  bucket = aws_s3_bucket.by_text.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::by-text.example.com/*"
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::by-text.example.com", "arn:aws:s3:::by-text.example.com/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      # An older TLS is refused beside it.
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::by-text.example.com", "arn:aws:s3:::by-text.example.com/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })
}

# jsonencode of references: the plan alone does not show what comes of it, the configuration does.
resource "aws_s3_bucket" "by_reference" {
  bucket = "by-reference.example.com"
}

resource "aws_s3_bucket_policy" "by_reference" {
  bucket = aws_s3_bucket.by_reference.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["s3:*"]
      Resource  = [aws_s3_bucket.by_reference.arn, "${aws_s3_bucket.by_reference.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
    }]
  })
}

# AWS's own services call with TLS, and are often let out of the denial.
resource "aws_s3_bucket" "services_apart" {
  bucket = "services-apart.example.com"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "*"
      Resource  = "arn:aws:s3:::services-apart.example.com*"
      Condition = { BoolIfExists = { "aws:SecureTransport" = "false", "aws:PrincipalIsAWSService" = "false" } }
    }]
  })
}

# --- Buckets: nothing, or less than it seems ---

# No policy at all.
resource "aws_s3_bucket" "none" {
  bucket = "none.example.com"
}

# A category that is said: what is missing weighs more.
resource "aws_s3_bucket" "personal" {
  bucket = "personal.example.com"
  tags   = { data-class = "pii" }
}

# Data for everybody.
resource "aws_s3_bucket" "public" {
  bucket = "public.example.com"
  tags   = { data-class = "public" }
}

locals {
  less = {
    # What allows with TLS forbids nothing without it.
    allows = { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { Bool = { "aws:SecureTransport" = "true" } } }
    # One role alone.
    one_role = { Effect = "Deny", Principal = { AWS = "arn:aws:iam::111122223333:role/app" }, Action = "s3:*", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    # Reading alone.
    reading = { Effect = "Deny", Principal = "*", Action = "s3:Get*", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    # The bucket without its objects.
    bucket_alone = { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::x", Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    # The objects without their bucket.
    objects_alone = { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::x/*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    # Both conditions must hold, so plain HTTP from inside is let through.
    narrowed = { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { Bool = { "aws:SecureTransport" = "false" }, NotIpAddress = { "aws:SourceIp" = "10.0.0.0/8" } } }
    # A request over HTTP has no TLS version, so this alone does not meet it.
    version_alone = { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } } }
    # The wrong way round.
    reversed = { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition = { Bool = { "aws:SecureTransport" = "true" } } }
  }
}

# Their buckets stand in another configuration.
resource "aws_s3_bucket_policy" "less" {
  for_each = local.less
  bucket   = "x"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

# The text is known only after apply.
resource "terraform_data" "late" {}

resource "aws_s3_bucket_policy" "late" {
  bucket = "late.example.com"
  policy = terraform_data.late.id
}

# --- Queues and topics ---

resource "aws_sqs_queue" "tls_only" {
  name = "tls-only"
}

data "aws_iam_policy_document" "queue" {
  statement {
    effect    = "Deny"
    actions   = ["SQS:*"]
    resources = [aws_sqs_queue.tls_only.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
}

resource "aws_sqs_queue_policy" "tls_only" {
  queue_url = aws_sqs_queue.tls_only.id
  policy    = data.aws_iam_policy_document.queue.json
}

resource "aws_sqs_queue" "inline" {
  name   = "inline"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

# Sending alone is denied.
resource "aws_sqs_queue" "sending" {
  name   = "sending"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:SendMessage", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

resource "aws_sqs_queue" "none" {
  name = "none"
}

# SNS takes no `sns:*` in a topic's policy; publishing carries the data.
resource "aws_sns_topic" "tls_only" {
  name   = "tls-only"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "arn:aws:sns:eu-central-1:111122223333:tls-only", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

resource "aws_sns_topic" "separate" {
  name = "separate"
}

resource "aws_sns_topic_policy" "separate" {
  arn    = aws_sns_topic.separate.arn
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = "*" }] })
}

resource "aws_sns_topic" "none" {
  name = "none"
}

# --- File systems ---

resource "aws_efs_file_system" "tls_only" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "tls_only" {
  file_system_id = aws_efs_file_system.tls_only.id
  policy         = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = { AWS = "*" }, Action = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

# With a policy, clients may do what it allows and no more: AWS's own example allows with TLS alone.
resource "aws_efs_file_system" "allowed_with_tls" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "allowed_with_tls" {
  file_system_id = aws_efs_file_system.allowed_with_tls.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

resource "aws_efs_file_system" "allowed" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "allowed" {
  file_system_id = aws_efs_file_system.allowed.id
  policy         = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount" }] })
}

resource "aws_efs_file_system" "none" {
  encrypted = true
}

# --- Services that answer TLS alone: a written policy may still say so, and nothing is asked where there is none ---

resource "aws_ecr_repository" "none" {
  name                 = "none"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository_policy" "open" {
  repository = aws_ecr_repository.none.name
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "ecr:BatchGetImage" }] })
}

resource "aws_secretsmanager_secret_policy" "tls_only" {
  secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:app-AbCdEf"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "secretsmanager:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:other-AbCdEf"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/app" }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}

resource "aws_codeartifact_domain_permissions_policy" "open" {
  domain          = "example"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "codeartifact:CreateRepository", Resource = "*" }] })
}

resource "aws_cloudwatch_event_bus_policy" "open" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "444455556666" }, Action = "events:PutEvents", Resource = "*" }] })
}
