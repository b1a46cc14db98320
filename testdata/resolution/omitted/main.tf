# Nothing is written: what stands there is the provider's.

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
}

resource "aws_cloudwatch_log_group" "this" {
  name = "/this"
}

resource "aws_sns_topic" "this" {
  name = "this"
}

resource "aws_dynamodb_table" "this" {
  name         = "this"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
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
  server_side_encryption {
    enabled = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aes" {
  bucket = "aes.example.com"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "kms" {
  bucket = "kms.example.com"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_db_instance" "this" {
  identifier                   = "this"
  engine                       = "postgres"
  instance_class               = "db.m6g.large"
  allocated_storage            = 20
  username                     = "example"
  manage_master_user_password  = true
  performance_insights_enabled = true
  skip_final_snapshot          = true
  storage_encrypted            = true
}

resource "aws_instance" "this" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}
