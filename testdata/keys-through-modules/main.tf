# Where a key comes from when it is made in one module and used in another.
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

# The key goes root -> module.data -> module.data.module.store.
module "kms" {
  source     = "./modules/kms"
  data_class = "pii"
}

module "kms_by_class" {
  source     = "./modules/kms"
  for_each   = toset(["audit-logs", "financial"])
  data_class = each.key
}

module "data" {
  source            = "./modules/data"
  pii_key_arn       = module.kms.key_arn
  financial_key_arn = module.kms_by_class["financial"].key_arn
}

# An output that passes on the output of a module inside.
module "keyring" {
  source = "./modules/keyring"
}

resource "aws_sns_topic" "patient_letters" {
  name              = "patient-letters"
  kms_master_key_id = module.keyring.health_key_arn

  tags = {
    data-class = "health"
  }
}

# The usual "create it or take an external one" module: only the first of its candidates exists.
module "optional_kms" {
  source = "./modules/optional-kms"
}

resource "aws_db_instance" "claims" {
  identifier                  = "claims"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "claims"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
  kms_key_id                  = module.optional_kms.key_arn

  tags = {
    data-class = "health"
  }
}

# A key with count.
resource "aws_kms_key" "counted" {
  count               = 1
  description         = "general"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "alerts"
  kms_master_key_id = aws_kms_key.counted[0].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "index" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true
  kms_key_id        = aws_kms_key.counted[0].arn

  tags = {
    data-class = "operational"
  }
}

# Keys and stores with the same for_each keys: a wrong pairing would be a mismatch of categories.
resource "aws_kms_key" "each" {
  for_each            = toset(["pii", "health"])
  description         = each.key
  enable_key_rotation = true

  tags = {
    data-class = each.key
  }
}

resource "aws_s3_bucket" "each" {
  for_each = toset(["pii", "health"])
  bucket   = "each-${each.key}.example.com"

  tags = {
    data-class = each.key
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "each" {
  for_each = toset(["pii", "health"])
  bucket   = aws_s3_bucket.each[each.key].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.each[each.key].arn
    }
  }
}

# The same with count.
resource "aws_kms_key" "numbered" {
  count               = 2
  description         = "numbered ${count.index}"
  enable_key_rotation = true

  tags = {
    data-class = ["pii", "financial"][count.index]
  }
}

resource "aws_sns_topic" "numbered" {
  count             = 2
  name              = "numbered-${count.index}"
  kms_master_key_id = aws_kms_key.numbered[count.index].arn

  tags = {
    data-class = ["pii", "financial"][count.index]
  }
}

# A log group for each instance of a module of keys: the reference names the module, not its output.
resource "aws_cloudwatch_log_group" "by_class" {
  for_each   = toset(["audit-logs"])
  name       = "/by-class/${each.key}"
  kms_key_id = module.kms_by_class[each.key].key_arn

  tags = {
    data-class = "operational"
  }
}

# No key: null through a variable, null by default, in attributes where null shows and where it does not.
module "null_passed" {
  source     = "./modules/plain"
  name       = "null-passed"
  kms_key_id = null
}

module "null_by_default" {
  source = "./modules/plain"
  name   = "null-by-default"
}
