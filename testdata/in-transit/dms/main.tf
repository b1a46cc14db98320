# Databases that DMS reaches with TLS and without: by `ssl_mode`, or by the settings of Kafka and Redis.
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
      data-class = "operational"
    }
  }
}

# Known after apply.
resource "terraform_data" "later" {}

resource "aws_dms_endpoint" "require" {
  endpoint_id   = "require"
  endpoint_type = "source"
  engine_name   = "postgres"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name   = "db.example.com"
  port          = 5432
  username      = "dms"
  password      = "example-1234"
  database_name = "portal"
  ssl_mode      = "require"
}

resource "aws_dms_endpoint" "verified" {
  endpoint_id     = "verified"
  endpoint_type   = "source"
  engine_name     = "mysql"
  kms_key_arn     = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name     = "db.example.com"
  port            = 5432
  username        = "dms"
  password        = "example-1234"
  database_name   = "portal"
  ssl_mode        = "verify-ca"
  certificate_arn = "arn:aws:dms:eu-central-1:111122223333:cert:EXAMPLE"
}

resource "aws_dms_endpoint" "plain" {
  endpoint_id   = "plain"
  endpoint_type = "source"
  engine_name   = "sqlserver"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name   = "db.example.com"
  port          = 5432
  username      = "dms"
  password      = "example-1234"
  database_name = "portal"
  ssl_mode      = "none"
}

resource "aws_dms_endpoint" "unset" {
  endpoint_id   = "unset"
  endpoint_type = "source"
  engine_name   = "mariadb"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name   = "db.example.com"
  port          = 5432
  username      = "dms"
  password      = "example-1234"
  database_name = "portal"
}

resource "aws_dms_endpoint" "mongo_unset" {
  endpoint_id   = "mongo-unset"
  endpoint_type = "source"
  engine_name   = "mongodb"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name   = "db.example.com"
  port          = 5432
  username      = "dms"
  password      = "example-1234"
  database_name = "portal"

  mongodb_settings {
    auth_type = "password"
  }
}

# Known after apply.
resource "aws_dms_endpoint" "unknown" {
  endpoint_id   = "unknown"
  endpoint_type = "source"
  engine_name   = "aurora-postgresql"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  server_name   = "db.example.com"
  port          = 5432
  username      = "dms"
  password      = "example-1234"
  database_name = "portal"
  ssl_mode      = terraform_data.later.id != "" ? "require" : "none"
}

resource "aws_dms_endpoint" "kafka_tls" {
  endpoint_id   = "kafka-tls"
  endpoint_type = "target"
  engine_name   = "kafka"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  kafka_settings {
    broker            = "broker.example.com:9094"
    security_protocol = "ssl-encryption"
  }
}

resource "aws_dms_endpoint" "kafka_plain" {
  endpoint_id   = "kafka-plain"
  endpoint_type = "target"
  engine_name   = "kafka"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  kafka_settings {
    broker            = "broker.example.com:9092"
    security_protocol = "plaintext"
  }
}

resource "aws_dms_endpoint" "kafka_unset" {
  endpoint_id   = "kafka-unset"
  endpoint_type = "target"
  engine_name   = "kafka"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  kafka_settings {
    broker = "broker.example.com:9092"
  }
}

# The provider asks for TLS.
resource "aws_dms_endpoint" "redis_unset" {
  endpoint_id   = "redis-unset"
  endpoint_type = "target"
  engine_name   = "redis"

  redis_settings {
    auth_type   = "none"
    server_name = "cache.example.com"
    port        = 6379
  }
}

resource "aws_dms_endpoint" "redis_plain" {
  endpoint_id   = "redis-plain"
  endpoint_type = "target"
  engine_name   = "redis"

  redis_settings {
    auth_type             = "none"
    server_name           = "cache.example.com"
    port                  = 6379
    ssl_security_protocol = "plaintext"
  }
}

# Reached by HTTPS.
resource "aws_dms_endpoint" "table" {
  endpoint_id         = "table"
  endpoint_type       = "target"
  engine_name         = "dynamodb"
  kms_key_arn         = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  service_access_role = "arn:aws:iam::111122223333:role/dms"
}

resource "aws_dms_endpoint" "stream" {
  endpoint_id   = "stream"
  endpoint_type = "target"
  engine_name   = "kinesis"
  kms_key_arn   = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  kinesis_settings {
    stream_arn              = "arn:aws:kinesis:eu-central-1:111122223333:stream/portal"
    service_access_role_arn = "arn:aws:iam::111122223333:role/dms"
  }
}

resource "aws_dms_s3_endpoint" "bucket" {
  endpoint_id                       = "bucket"
  endpoint_type                     = "target"
  bucket_name                       = "portal.example.com"
  service_access_role_arn           = "arn:aws:iam::111122223333:role/dms"
  encryption_mode                   = "SSE_KMS"
  server_side_encryption_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
