# Expressions whose outcome the plan does not tell, beside those that it does.
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

variable "use_default_key" {
  type    = bool
  default = true
}

variable "given" {
  type    = string
  default = null
}

variable "rules" {
  type    = list(string)
  default = ["aws:kms"]
}

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "person_archive" {
  description         = "pii, old"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

locals {
  person_key = aws_kms_key.person.arn
  keys = {
    money = aws_kms_key.money.arn
  }
}

# The key stands in the branch that is not taken. RDS shows "unknown" all the same: no key and this key look alike.
resource "aws_db_instance" "dead_branch" {
  identifier                  = "dead-branch"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
  kms_key_id                  = var.use_default_key ? null : aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# The key stands in the branch that is taken, which the plan cannot show either.
resource "aws_db_instance" "live_branch" {
  identifier                  = "live-branch"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "portal"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
  kms_key_id                  = var.use_default_key ? aws_kms_key.person.arn : null

  tags = {
    data-class = "pii"
  }
}

# The same where the provider computes nothing: null is shown as null, unknown means that there is a value.
resource "aws_cloudwatch_log_group" "dead_branch" {
  name       = "/conditions/dead-branch"
  kms_key_id = var.use_default_key ? null : aws_kms_key.person.arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "dead_branch" {
  name              = "dead-branch"
  kms_master_key_id = var.use_default_key ? null : aws_kms_key.person.arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "live_branch" {
  name              = "live-branch"
  kms_master_key_id = var.use_default_key ? aws_kms_key.person.arn : null

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "coalesced" {
  name              = "coalesced"
  kms_master_key_id = coalesce(var.given, aws_kms_key.person.arn)

  tags = {
    data-class = "pii"
  }
}

# Either key will do.
resource "aws_sns_topic" "either" {
  name              = "either"
  kms_master_key_id = var.use_default_key ? aws_kms_key.person.arn : aws_kms_key.person_archive.arn

  tags = {
    data-class = "pii"
  }
}

# Either key is a customer key, but only one of them is of the right category.
resource "aws_cloudwatch_log_group" "either_class" {
  name       = "/conditions/either-class"
  kms_key_id = var.use_default_key ? aws_kms_key.person.arn : aws_kms_key.money.arn

  tags = {
    data-class = "pii"
  }
}

# A condition that is itself unknown: null is still possible.
resource "terraform_data" "answer" {
  input = "yes"
}

resource "aws_sns_topic" "unknown_condition" {
  name              = "unknown-condition"
  kms_master_key_id = terraform_data.answer.output == "yes" ? aws_kms_key.person.arn : null

  tags = {
    data-class = "pii"
  }
}

# Locals leave no trail in the plan.
resource "aws_sns_topic" "through_local" {
  name              = "through-local"
  kms_master_key_id = local.person_key

  tags = {
    data-class = "pii"
  }
}

resource "aws_cloudwatch_log_group" "through_local" {
  name       = "/conditions/through-local"
  kms_key_id = local.keys.money

  tags = {
    data-class = "financial"
  }
}

# Nor do dynamic blocks.
resource "aws_s3_bucket" "dynamic" {
  bucket = "dynamic.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dynamic" {
  bucket = aws_s3_bucket.dynamic.id

  dynamic "rule" {
    for_each = var.rules

    content {
      apply_server_side_encryption_by_default {
        sse_algorithm     = rule.value
        kms_master_key_id = aws_kms_key.person.arn
      }
    }
  }
}

# With aws:kms known, some KMS key is certain, and that is enough for operational data.
resource "aws_s3_bucket" "dynamic_operational" {
  bucket = "dynamic-operational.example.com"

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dynamic_operational" {
  bucket = aws_s3_bucket.dynamic_operational.id

  dynamic "rule" {
    for_each = var.rules

    content {
      apply_server_side_encryption_by_default {
        sse_algorithm     = rule.value
        kms_master_key_id = aws_kms_key.money.arn
      }
    }
  }
}
