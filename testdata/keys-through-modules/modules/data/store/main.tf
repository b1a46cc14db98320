variable "person_key" {
  type = string
}

variable "payment_key" {
  type = string
}

resource "aws_db_instance" "people" {
  identifier                  = "people"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "people"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
  kms_key_id                  = var.person_key

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket" "letters" {
  bucket = "letters.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "letters" {
  bucket = aws_s3_bucket.letters.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.person_key
    }
  }
}

resource "aws_dynamodb_table" "bookings" {
  name         = "bookings"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.payment_key
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "receipts" {
  name              = "receipts"
  kms_master_key_id = var.payment_key

  tags = {
    data-class = "financial"
  }
}
