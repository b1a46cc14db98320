# Dynamic blocks: a plan holds their values, and none of their expressions.

resource "terraform_data" "flag" {
}

variable "encryption" {
  type    = object({ algorithm = string })
  default = { algorithm = "aws:kms" }
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "outer" {
  bucket = "outer.example.com"
  dynamic "rule" {
    for_each = [aws_kms_key.a.arn]
    content {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = rule.value
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inner" {
  bucket = "inner.example.com"
  rule {
    dynamic "apply_server_side_encryption_by_default" {
      for_each = var.encryption[*]
      iterator = default
      content {
        sse_algorithm     = default.value.algorithm
        kms_master_key_id = aws_kms_key.b.arn
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "both" {
  bucket = "both.example.com"
  dynamic "rule" {
    for_each = { pii = aws_kms_key.a.arn }
    iterator = outer
    content {
      dynamic "apply_server_side_encryption_by_default" {
        for_each = [outer.key]
        content {
          sse_algorithm     = "aws:kms"
          kms_master_key_id = { pii = outer.value, financial = aws_kms_key.b.arn }[apply_server_side_encryption_by_default.value]
        }
      }
    }
  }
}

resource "aws_dynamodb_table" "shown" {
  name         = "shown"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  dynamic "server_side_encryption" {
    for_each = var.encryption.algorithm == "aws:kms" ? [1] : []
    content {
      enabled     = true
      kms_key_arn = aws_kms_key.a.arn
    }
  }
}

resource "aws_dynamodb_table" "without_key" {
  name         = "without-key"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  dynamic "server_side_encryption" {
    for_each = [1]
    content {
      enabled = true
    }
  }
}

resource "aws_dynamodb_table" "none" {
  name         = "none"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  dynamic "server_side_encryption" {
    for_each = var.encryption.algorithm == "AES256" ? [1] : []
    content {
      enabled     = true
      kms_key_arn = aws_kms_key.a.arn
    }
  }
}

resource "aws_dynamodb_table" "later" {
  name         = "later"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  dynamic "server_side_encryption" {
    for_each = terraform_data.flag.id == "x" ? [1] : []
    content {
      enabled     = true
      kms_key_arn = aws_kms_key.a.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "later" {
  bucket = "later.example.com"
  dynamic "rule" {
    for_each = terraform_data.flag.id == "x" ? [1] : [1]
    content {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.a.arn
      }
    }
  }
}
