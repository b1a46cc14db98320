# The ways to write a key, each with a store of its own.
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

resource "aws_kms_alias" "person" {
  name          = "alias/shapes-person"
  target_key_id = aws_kms_key.person.key_id
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

# Imported material: cannot rotate by itself.
resource "aws_kms_external_key" "money" {
  description             = "financial, our own material"
  deletion_window_in_days = 14

  tags = {
    data-class = "financial"
  }
}

# Written out.

resource "aws_s3_bucket" "literal_arn" {
  bucket = "literal-arn.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "literal_arn" {
  bucket = aws_s3_bucket.literal_arn.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
    }
  }
}

resource "aws_s3_bucket" "other_account" {
  bucket = "other-account.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "other_account" {
  bucket = aws_s3_bucket.other_account.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/mrk-0123456789abcdef0123456789abcdef"
    }
  }
}

resource "aws_s3_bucket" "alias_arn" {
  bucket = "alias-arn.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "alias_arn" {
  bucket = aws_s3_bucket.alias_arn.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/outside"
    }
  }
}

resource "aws_s3_bucket" "aws_alias" {
  bucket = "aws-alias.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aws_alias" {
  bucket = aws_s3_bucket.aws_alias.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3"
    }
  }
}

resource "aws_s3_bucket" "aws_alias_arn" {
  bucket = "aws-alias-arn.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aws_alias_arn" {
  bucket = aws_s3_bucket.aws_alias_arn.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3"
    }
  }
}

# Not written.

resource "aws_s3_bucket" "no_key" {
  bucket = "no-key.example.com"

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "no_key" {
  bucket = aws_s3_bucket.no_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket" "empty_key" {
  bucket = "empty-key.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "empty_key" {
  bucket = aws_s3_bucket.empty_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = ""
    }
  }
}

resource "aws_s3_bucket" "dual_layer" {
  bucket = "dual-layer.example.com"

  tags = {
    data-class = "health"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dual_layer" {
  bucket = aws_s3_bucket.dual_layer.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms:dsse"
    }
  }
}

resource "aws_s3_bucket" "dual_layer_key" {
  bucket = "dual-layer-key.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dual_layer_key" {
  bucket = aws_s3_bucket.dual_layer_key.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms:dsse"
      kms_master_key_id = aws_kms_key.person.arn
    }
  }
}

# By id: S3 takes one, and so do SNS and Secrets Manager.

resource "aws_s3_bucket" "by_key_id" {
  bucket = "by-key-id.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_key_id" {
  bucket = aws_s3_bucket.by_key_id.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.person.key_id
    }
  }
}

resource "aws_s3_bucket" "by_id" {
  bucket = "by-id.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_id" {
  bucket = aws_s3_bucket.by_id.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.person.id
    }
  }
}

resource "aws_s3_bucket" "external" {
  bucket = "external.example.com"

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "external" {
  bucket = aws_s3_bucket.external.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_external_key.money.arn
    }
  }
}

resource "aws_sns_topic" "bare_id" {
  name              = "bare-id"
  kms_master_key_id = "0b6f5a3e-1111-4222-8333-444455556666"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "aws_alias" {
  name              = "aws-alias"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "empty_key" {
  name              = "empty-key"
  kms_master_key_id = ""

  tags = {
    data-class = "pii"
  }
}

# Through an alias of this plan.
resource "aws_sns_topic" "alias_arn" {
  name              = "alias-arn"
  kms_master_key_id = aws_kms_alias.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "alias_name" {
  name              = "alias-name"
  kms_master_key_id = aws_kms_alias.person.name

  tags = {
    data-class = "pii"
  }
}

resource "aws_secretsmanager_secret" "alias_target" {
  name       = "alias-target"
  kms_key_id = aws_kms_alias.person.target_key_arn

  tags = {
    data-class = "pii"
  }
}

# An alias hides whose key it is; the category of the key is still another one.
resource "aws_secretsmanager_secret" "alias_mismatch" {
  name       = "alias-mismatch"
  kms_key_id = aws_kms_alias.person.name

  tags = {
    data-class = "financial"
  }
}

# DynamoDB wants an ARN, so this was put together from parts; the account may be any.
resource "aws_dynamodb_table" "assembled" {
  name         = "assembled"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/${aws_kms_key.money.key_id}"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_ebs_volume" "literal_arn" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"

  tags = {
    data-class = "health"
  }
}
