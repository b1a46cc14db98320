# Things that look wrong and are not: nothing to report.
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
  alias                       = "second"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Keys that cannot rotate by themselves.
resource "aws_kms_key" "signing" {
  description              = "signs releases"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}

resource "aws_kms_key" "asymmetric" {
  description              = "partners encrypt for us"
  key_usage                = "ENCRYPT_DECRYPT"
  customer_master_key_spec = "RSA_4096"
}

resource "aws_kms_key" "mac" {
  description              = "session tokens"
  key_usage                = "GENERATE_VERIFY_MAC"
  customer_master_key_spec = "HMAC_256"
}

resource "aws_kms_key" "in_hsm" {
  description         = "lives in a custom key store"
  custom_key_store_id = "cks-0123456789abcdef0"
  enable_key_rotation = false
}

resource "aws_kms_external_key" "imported" {
  description             = "our own material"
  deletion_window_in_days = 14

  tags = {
    data-class = "financial"
  }
}

# No deletion window written: 30 days.
resource "aws_kms_key" "regions" {
  description         = "primary of two regions"
  multi_region        = true
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_replica_key" "regions" {
  provider        = aws.second
  description     = "replica; rotates with its primary"
  primary_key_arn = aws_kms_key.regions.arn

  tags = {
    data-class = "pii"
  }
}

# A customer key without a category cannot contradict one.
resource "aws_kms_key" "untagged" {
  description         = "no data-class"
  enable_key_rotation = true
}

resource "aws_sns_topic" "untagged_key" {
  name              = "untagged-key"
  kms_master_key_id = aws_kms_key.untagged.arn

  tags = {
    data-class = "health"
  }
}

# A replica is as good a key as its primary.
resource "aws_sns_topic" "second_region" {
  provider          = aws.second
  name              = "second-region"
  kms_master_key_id = aws_kms_replica_key.regions.arn

  tags = {
    data-class = "pii"
  }
}

# The minimum of the category, met exactly.
resource "aws_cloudwatch_log_group" "web" {
  name = "/web/static"

  tags = {
    data-class = "public"
  }
}

resource "aws_s3_bucket" "brochures" {
  bucket = "brochures.example.com"

  tags = {
    data-class = "public"
  }
}

resource "aws_s3_bucket" "metrics" {
  bucket = "metrics.example.com"

  tags = {
    data-class = "operational"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "metrics" {
  bucket = aws_s3_bucket.metrics.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_secretsmanager_secret" "webhook" {
  name = "webhook"

  tags = {
    data-class = "operational"
  }
}

resource "aws_dynamodb_table" "locks" {
  name         = "locks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"

  attribute {
    name = "LockID"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "build" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true

  tags = {
    data-class = "operational"
  }
}

# Capital letters in a category.
resource "aws_s3_bucket" "shouting" {
  bucket = "shouting.example.com"

  tags = {
    data-class = "PII"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "shouting" {
  bucket = aws_s3_bucket.shouting.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.regions.arn
    }
  }
}

# A module with the name of a resource type; the encryption of its bucket is made by another module.
module "aws_s3_bucket" {
  source = "./modules/bucket"
  name   = "named-like-a-type.example.com"
}

module "aws_s3_bucket_encryption" {
  source = "./modules/bucket-encryption"
  bucket = module.aws_s3_bucket.id
  key    = aws_kms_key.regions.arn
}

# Instance keys with the signs that addresses are made of.
resource "aws_kms_key" "odd" {
  for_each = {
    "a.b[\"c\"]"         = "pii"
    "x/y aws_kms_key.z"  = "financial"
    "$${each.key}"       = "health"
    "module.kms[0].arn"  = "audit-logs"
    "it's \\ \"quoted\"" = "pii"
  }
  description         = each.value
  enable_key_rotation = true

  tags = {
    data-class = each.value
  }
}

resource "aws_sns_topic" "odd" {
  for_each = {
    "a.b[\"c\"]"         = "pii"
    "x/y aws_kms_key.z"  = "financial"
    "$${each.key}"       = "health"
    "module.kms[0].arn"  = "audit-logs"
    "it's \\ \"quoted\"" = "pii"
  }
  name              = "odd-${md5(each.key)}"
  kms_master_key_id = aws_kms_key.odd[each.key].arn

  tags = {
    data-class = each.value
  }
}

# A literal key with such signs.
resource "aws_cloudwatch_log_group" "odd" {
  name       = "/odd/key"
  kms_key_id = aws_kms_key.odd["a.b[\"c\"]"].arn

  tags = {
    data-class = "pii"
  }
}
