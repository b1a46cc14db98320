# Every way in which an encryption configuration names its bucket.
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

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

# The same account and Region by another name.
provider "aws" {
  alias                       = "platform"
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Another partition, where a bucket may have a name that is taken here.
provider "aws" {
  alias                       = "china"
  region                      = "cn-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

# With a policy of its own, so that buckets under it have all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

# By id.
resource "aws_s3_bucket" "by_id" {
  bucket = "joins-by-id.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_id" {
  bucket = aws_s3_bucket.by_id.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By a name that is known.
resource "aws_s3_bucket" "by_bucket" {
  bucket = "joins-by-bucket.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_bucket" {
  bucket = aws_s3_bucket.by_bucket.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By a name that AWS completes.
resource "aws_s3_bucket" "by_prefix" {
  bucket_prefix = "joins-by-prefix-"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_prefix" {
  bucket = aws_s3_bucket.by_prefix.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By the same literal.
resource "aws_s3_bucket" "by_literal" {
  bucket = "joins-by-literal.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_literal" {
  bucket = "joins-by-literal.example.com"

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By the same literal, through another name for the account. Bucket names are there once in a partition.
resource "aws_s3_bucket" "by_alias" {
  bucket = "joins-by-alias.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_alias" {
  provider = aws.platform
  bucket   = "joins-by-alias.example.com"

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Through other resources that configure the bucket.
resource "aws_s3_bucket" "by_chain" {
  bucket = "joins-by-chain.example.com"
}

resource "aws_s3_bucket_versioning" "by_chain" {
  bucket = aws_s3_bucket.by_chain.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "by_chain" {
  bucket                  = aws_s3_bucket_versioning.by_chain.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_chain" {
  bucket = aws_s3_bucket_public_access_block.by_chain.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By count. The first is encrypted for personal data, the second is not.
resource "aws_s3_bucket" "counted" {
  count  = 2
  bucket = "joins-counted-${count.index}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "counted" {
  count  = 2
  bucket = aws_s3_bucket.counted[count.index].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = count.index == 0 ? "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666" : null
    }
  }
}

# By for_each, where every bucket has its partner.
resource "aws_s3_bucket" "keyed" {
  for_each = toset(["orders", "parcels"])
  bucket   = "joins-keyed-${each.key}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "keyed" {
  for_each = toset(["orders", "parcels"])
  bucket   = aws_s3_bucket.keyed[each.key].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# By for_each, where the third bucket was forgotten.
resource "aws_s3_bucket" "partly" {
  for_each = toset(["orders", "parcels", "returns"])
  bucket   = "joins-partly-${each.key}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "partly" {
  for_each = toset(["orders", "parcels"])
  bucket   = aws_s3_bucket.partly[each.value].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# For each bucket.
resource "aws_s3_bucket" "handed" {
  for_each = toset(["orders", "parcels"])
  bucket   = "joins-handed-${each.key}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "handed" {
  for_each = aws_s3_bucket.handed
  bucket   = each.value.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# One instance by its key; the other has none.
resource "aws_s3_bucket" "picked" {
  for_each = toset(["orders", "parcels"])
  bucket   = "joins-picked-${each.key}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "picked" {
  bucket = aws_s3_bucket.picked["parcels"].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# The bucket in a module, its encryption here.
module "store" {
  source = "./modules/bucket"
  name   = "joins-module.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "store" {
  bucket = module.store.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# The bucket here, its encryption in a module.
resource "aws_s3_bucket" "handed_in" {
  bucket = "joins-handed-in.example.com"
}

module "handed_in" {
  source = "./modules/encryption"
  bucket = aws_s3_bucket.handed_in.id
  key    = aws_kms_key.pii.arn
}

# Both in one module, one for each department. Only one of them has a key.
module "pair" {
  source   = "./modules/pair"
  for_each = toset(["sales", "support"])
  name     = "joins-pair-${each.key}.example.com"
  key      = each.key == "sales" ? "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666" : null
}

# Buckets of a repeated module, each encrypted here by its key.
module "many" {
  source   = "./modules/bucket"
  for_each = toset(["sales", "support"])
  name     = "joins-many-${each.key}.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "many" {
  for_each = toset(["sales", "support"])
  bucket   = module.many[each.key].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Buckets of one repeated module, encrypted by another that is repeated over the first.
module "chained" {
  source   = "./modules/bucket"
  for_each = toset(["sales", "support"])
  name     = "joins-chained-${each.key}.example.com"
}

module "chained_encryption" {
  source   = "./modules/encryption"
  for_each = module.chained
  bucket   = each.value.id
  key      = aws_kms_key.pii.arn
}

# The same name in two partitions: each has its own.
resource "aws_s3_bucket" "twin" {
  bucket = "joins-twin.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "twin" {
  bucket = "joins-twin.example.com"

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_s3_bucket" "twin_china" {
  provider = aws.china
  bucket   = "joins-twin.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "twin_china" {
  provider = aws.china
  bucket   = "joins-twin.example.com"

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# A bucket that is not in this plan: the configuration is judged in its place.
resource "aws_s3_bucket_server_side_encryption_configuration" "elsewhere" {
  bucket = "joins-elsewhere.example.com"

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# Nearly the right name: the bucket here has no configuration.
resource "aws_s3_bucket" "misspelt" {
  bucket = "joins-misspelt.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "misspelt" {
  bucket = "joins-mispelt.example.com"

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# The wrong bucket: one has none, the other one two that say the same.
resource "aws_s3_bucket" "crossed" {
  bucket = "joins-crossed.example.com"
}

resource "aws_s3_bucket" "crossing" {
  bucket = "joins-crossing.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "crossed" {
  bucket = aws_s3_bucket.crossing.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "crossing" {
  bucket = aws_s3_bucket.crossing.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

# Two that contradict each other: the one that Terraform applies last holds, and no plan tells which that is.
resource "aws_s3_bucket" "twice" {
  bucket = "joins-twice.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "twice" {
  bucket = aws_s3_bucket.twice.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "twice_again" {
  bucket = aws_s3_bucket.twice.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# The deprecated block inside the bucket.
resource "aws_s3_bucket" "inline" {
  bucket = "joins-inline.example.com"

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.pii.arn
      }
    }
  }
}

# Both: the separate one comes after the bucket, and wins.
resource "aws_s3_bucket" "inline_weaker" {
  bucket = "joins-inline-weaker.example.com"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inline_weaker" {
  bucket = aws_s3_bucket.inline_weaker.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.pii.arn
    }
  }
}

resource "aws_s3_bucket" "inline_stronger" {
  bucket = "joins-inline-stronger.example.com"

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.pii.arn
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inline_stronger" {
  bucket = aws_s3_bucket.inline_stronger.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
