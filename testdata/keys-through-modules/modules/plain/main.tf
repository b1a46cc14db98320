variable "name" {
  type = string
}

variable "kms_key_id" {
  type    = string
  default = null
}

resource "aws_db_instance" "this" {
  identifier                  = var.name
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "plain"
  manage_master_user_password = true
  skip_final_snapshot         = true
  storage_encrypted           = true
  kms_key_id                  = var.kms_key_id

  tags = {
    data-class = "pii"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name       = "/plain/${var.name}"
  kms_key_id = var.kms_key_id

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = var.kms_key_id

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-central-1a"
  size              = 20
  encrypted         = true
  kms_key_id        = var.kms_key_id

  tags = {
    data-class = "pii"
  }
}
