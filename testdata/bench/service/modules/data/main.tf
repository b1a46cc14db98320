variable "name" {
  description = "Prefix of every name"
  type        = string
}

variable "account_id" {
  description = "Account that administers the key"
  type        = string
}

variable "data_class" {
  description = "Category of the data that is held"
  type        = string
}

variable "webhook_token" {
  description = "Token that callers of the webhook show"
  type        = string
  sensitive   = true
}

variable "create_cache" {
  description = "Whether there is a cache beside the table"
  type        = bool
  default     = false
}

variable "replica_regions" {
  description = "Regions that the secrets are copied to"
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of every resource"
  type        = map(string)
  default     = {}
}

locals {
  tags = merge(var.tags, { data-class = var.data_class })
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Administration"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "Services"
    actions   = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.eu-central-1.amazonaws.com", "cloudwatch.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "this" {
  description             = "Data of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json

  tags = local.tags
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

resource "aws_s3_bucket" "uploads" {
  bucket = "${var.name}-uploads.example.com"

  tags = local.tags
}

resource "aws_s3_bucket_versioning" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "uploads" {
  bucket                  = aws_s3_bucket.uploads.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "uploads" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::${var.name}-uploads.example.com", "arn:aws:s3:::${var.name}-uploads.example.com/*"]

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

resource "aws_s3_bucket_policy" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  policy = data.aws_iam_policy_document.uploads.json
}

resource "aws_dynamodb_table" "orders" {
  name                        = "${var.name}-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "customer"
  range_key                   = "order"
  deletion_protection_enabled = true

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "order"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this.arn
  }

  tags = local.tags
}

resource "aws_secretsmanager_secret" "webhook" {
  name                    = "${var.name}/webhook"
  description             = "Token that callers of the webhook show"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 14

  dynamic "replica" {
    for_each = var.replica_regions
    content {
      region = replica.value
    }
  }

  tags = local.tags
}

resource "aws_secretsmanager_secret_version" "webhook" {
  secret_id     = aws_secretsmanager_secret.webhook.id
  secret_string = var.webhook_token
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.this.arn

  tags = local.tags
}

resource "aws_elasticache_replication_group" "this" {
  count = var.create_cache ? 1 : 0

  replication_group_id       = var.name
  description                = "Cache of ${var.name}"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = aws_kms_key.this.arn

  tags = local.tags
}

output "key_arn" {
  description = "ARN of the key that protects the data"
  value       = aws_kms_key.this.arn
}

output "bucket" {
  description = "Name of the bucket of uploads"
  value       = aws_s3_bucket.uploads.bucket
}

output "bucket_domain_name" {
  description = "Domain name of the bucket of uploads"
  value       = aws_s3_bucket.uploads.bucket_regional_domain_name
}

output "table_name" {
  description = "Name of the table of orders"
  value       = aws_dynamodb_table.orders.name
}

output "table_arn" {
  description = "ARN of the table of orders"
  value       = aws_dynamodb_table.orders.arn
}

output "webhook_token_arn" {
  description = "ARN of the secret that holds the token"
  value       = aws_secretsmanager_secret.webhook.arn
}

output "alarm_topic_arn" {
  description = "ARN of the topic that alarms are sent to"
  value       = aws_sns_topic.alarms.arn
}
