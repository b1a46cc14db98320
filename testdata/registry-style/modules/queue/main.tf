# A queue with its dead-letter queue, and a topic that feeds it where one is wanted.
locals {
  create  = var.create && var.name != ""
  queues  = local.create ? { main = var.name, dead = "${var.name}-dead" } : {}
  topic   = local.create && var.topic
  kms_key = coalesce(var.kms_key_arn, try(aws_kms_alias.own[0].target_key_arn, null), "alias/aws/sqs")
  tags    = merge(var.tags, { data-class = var.class })

  statement = {
    Sid       = "DenyPlainText"
    Effect    = "Deny"
    Principal = "*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

# A key of the queue's own, where none is given.
resource "aws_kms_key" "own" {
  count = local.create && var.own_key ? 1 : 0

  description         = "queue ${var.name}"
  enable_key_rotation = true
  tags                = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Account"
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
    }]
  })
}

resource "aws_kms_alias" "own" {
  count = length(aws_kms_key.own)

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.own[count.index].key_id
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                              = each.value
  kms_master_key_id                 = local.kms_key
  kms_data_key_reuse_period_seconds = try(var.settings[each.key].reuse, 300)
  message_retention_seconds         = try(var.settings[each.key].retention, 345600)
  tags                              = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.statement, {
      Action   = "sqs:*"
      Resource = "arn:aws:sqs:${var.region}:${var.account_id}:${each.value}"
    })]
  })
}

resource "aws_sns_topic" "this" {
  count = local.topic ? 1 : 0

  name              = var.name
  kms_master_key_id = element(compact([var.kms_key_arn, local.kms_key]), 0)
  tags              = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(local.statement, {
      Action   = "sns:Publish"
      Resource = "arn:aws:sns:${var.region}:${var.account_id}:${var.name}"
    })]
  })
}
