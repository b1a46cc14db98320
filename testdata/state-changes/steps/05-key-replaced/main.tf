# The configuration is unchanged; the plan replaces the general key. Who can change its key in place keeps its data under the
# old one; the others are replaced and lose it.
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
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}

resource "aws_kms_key" "general" {
  description             = "everything else"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "operational"
  }
}

resource "aws_kms_key" "financial" {
  description             = "money"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "financial"
  }
}

# Nobody uses it, and its window is too short.
resource "aws_kms_key" "spare" {
  description             = "the next one"
  enable_key_rotation     = true
  deletion_window_in_days = 10

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.general.arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecr_repository" "images" {
  name = "state-changes/images"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.general.arn
  }

  lifecycle {
    create_before_destroy = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_efs_file_system" "share" {
  creation_token = "state-changes-share"
  encrypted      = true
  kms_key_id     = aws_kms_key.general.arn

  tags = {
    data-class = "operational"
  }
}

# Below the minimum from the start.
resource "aws_efs_file_system" "scratch" {
  creation_token = "state-changes-scratch"
  encrypted      = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "state-changes-alerts"
  kms_master_key_id = aws_kms_key.general.arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "invoices" {
  name              = "state-changes-invoices"
  kms_master_key_id = aws_kms_key.financial.arn

  tags = {
    data-class = "financial"
  }
}

# Only its key tells what it holds.
resource "aws_sns_topic" "inferred" {
  name              = "state-changes-inferred"
  kms_master_key_id = aws_kms_key.financial.arn
}

resource "aws_secretsmanager_secret" "webhook" {
  name                    = "state-changes/webhook"
  recovery_window_in_days = 7
  kms_key_id              = aws_kms_key.general.arn

  tags = {
    data-class = "operational"
  }
}

# Under a key of another account.
resource "aws_dynamodb_table" "orders" {
  name         = "state-changes-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:444455556666:key/5aafab8f-0a2a-4da4-b7a7-0fb710b51392"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket" "assets" {
  bucket = "state-changes-assets.example.com"

  lifecycle {
    create_before_destroy = true
  }

  tags = {
    data-class = "public"
  }
}

# A bucket that holds something cannot be deleted.
resource "aws_s3_object" "page" {
  bucket  = aws_s3_bucket.assets.id
  key     = "index.html"
  content = "hello"
}

output "general_key_arn" {
  value = aws_kms_key.general.arn
}

output "spare_key_id" {
  value = aws_kms_key.spare.key_id
}
