# Caches: Redis OSS is encrypted where asked for, Valkey and serverless caches always are.
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

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticache_replication_group" "unset" {
  replication_group_id = "unset"
  description          = "example"
  engine               = "redis"
  node_type            = "cache.t4g.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "unset_operational" {
  replication_group_id = "unset-operational"
  description          = "example"
  engine               = "redis"
  node_type            = "cache.t4g.micro"

  tags = {
    data-class = "operational"
  }
}

# The engine is Redis OSS where none is set.
resource "aws_elasticache_replication_group" "engine_unset" {
  replication_group_id = "engine-unset"
  description          = "example"
  node_type            = "cache.t4g.micro"

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticache_replication_group" "off" {
  replication_group_id       = "off"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = false

  tags = {
    data-class = "public"
  }
}

resource "aws_elasticache_replication_group" "flag" {
  replication_group_id       = "flag"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "flag_operational" {
  replication_group_id       = "flag-operational"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = "true"

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticache_replication_group" "flag_public" {
  replication_group_id       = "flag-public"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true

  tags = {
    data-class = "public"
  }
}

resource "aws_elasticache_replication_group" "own_key" {
  replication_group_id       = "own-key"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "own_key_elsewhere" {
  replication_group_id       = "own-key-elsewhere"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "financial"
  }
}

resource "aws_elasticache_replication_group" "wrong_key" {
  replication_group_id       = "wrong-key"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "valkey_unset" {
  replication_group_id = "valkey-unset"
  description          = "example"
  engine               = "valkey"
  node_type            = "cache.t4g.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "valkey_public" {
  replication_group_id = "valkey-public"
  description          = "example"
  engine               = "valkey"
  node_type            = "cache.t4g.micro"

  tags = {
    data-class = "public"
  }
}

# Valkey needs no flag.
resource "aws_elasticache_replication_group" "valkey_key" {
  replication_group_id = "valkey-key"
  description          = "example"
  engine               = "valkey"
  node_type            = "cache.t4g.micro"
  kms_key_id           = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "valkey_off" {
  replication_group_id       = "valkey-off"
  description                = "example"
  engine                     = "valkey"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticache_replication_group" "global" {
  replication_group_id        = "global"
  description                 = "example"
  global_replication_group_id = "ldgnf-example"

  tags = {
    data-class = "operational"
  }
}

resource "aws_elasticache_replication_group" "untagged" {
  replication_group_id       = "untagged"
  description                = "example"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
}

resource "aws_elasticache_serverless_cache" "unset" {
  engine = "valkey"
  name   = "unset"

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_serverless_cache" "unset_public" {
  engine = "redis"
  name   = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_elasticache_serverless_cache" "own_key" {
  engine     = "redis"
  name       = "own-key"
  kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_serverless_cache" "own_key_elsewhere" {
  engine     = "valkey"
  name       = "own-key-elsewhere"
  kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "health"
  }
}

# A user holds nothing.
resource "aws_elasticache_user" "someone" {
  user_id              = "someone"
  user_name            = "someone"
  engine               = "redis"
  access_string        = "on ~* +@read"
  no_password_required = true
}
