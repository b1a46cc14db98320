# A bucket that is private, versioned, encrypted, and reached over TLS only.
locals {
  create     = var.create && var.name != ""
  encryption = var.encryption == null ? [] : [var.encryption]
  arn        = "arn:aws:s3:::${var.name}"
}

resource "aws_s3_bucket" "this" {
  count = local.create ? 1 : 0

  bucket = var.name
  tags   = merge(var.tags, { data-class = var.class })
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = local.create && length(local.encryption) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  dynamic "rule" {
    for_each = local.encryption
    iterator = with

    content {
      bucket_key_enabled = with.value.algorithm == "aws:kms" ? with.value.bucket_key : null

      dynamic "apply_server_side_encryption_by_default" {
        for_each = [for algorithm in [with.value.algorithm] : algorithm if algorithm != ""]

        content {
          sse_algorithm     = apply_server_side_encryption_by_default.value
          kms_master_key_id = apply_server_side_encryption_by_default.value == "AES256" ? null : with.value.key_arn
        }
      }
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count = local.create ? 1 : 0

  bucket = try(aws_s3_bucket.this[0].id, null)

  versioning_configuration {
    status = var.versioned ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = local.create ? 1 : 0

  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "this" {
  count = local.create ? 1 : 0

  statement {
    sid       = "DenyPlainText"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.arn, "${local.arn}/*"]

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

resource "aws_s3_bucket_policy" "this" {
  count = local.create ? 1 : 0

  bucket = aws_s3_bucket.this[0].id
  policy = data.aws_iam_policy_document.this[0].json
}
