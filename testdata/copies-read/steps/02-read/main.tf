# Stores that are made of what the plan only reads. Nothing is encrypted by default here.
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
}

variable "data" {
  type = string
}

variable "scratch" {
  type = string
}

variable "foreign" {
  type = string
}

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

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_encryption_by_default" "off" {
  enabled = false
}

data "aws_ebs_snapshot" "data" {
  snapshot_ids = [var.data]
}

data "aws_ebs_snapshot" "scratch" {
  snapshot_ids = [var.scratch]
}

data "aws_ebs_snapshot" "foreign" {
  snapshot_ids = [var.foreign]
}

resource "aws_ebs_volume" "of_data" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.data.id
}

resource "aws_ebs_volume" "of_scratch" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.scratch.id
}

# Whose key it is under, nothing in this plan shows.
resource "aws_ebs_volume" "of_foreign" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.foreign.id
}

# It says less than what it is made of.
resource "aws_ebs_volume" "lowered" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.data.id

  tags = {
    data-class = "operational"
  }
}

# The same snapshot, by its id.
resource "aws_ebs_volume" "by_id" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = var.data
}

resource "aws_ebs_volume" "elsewhere" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = "snap-0123456789abcdef0"
}

# A data source that is read only during apply shows nothing yet.
resource "aws_ebs_volume" "new" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot" "new" {
  volume_id = aws_ebs_volume.new.id
}

data "aws_ebs_snapshot" "new" {
  snapshot_ids = [aws_ebs_snapshot.new.id]
}

resource "aws_ebs_volume" "late" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.new.id
}

resource "aws_ebs_volume" "late_keyed" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = data.aws_ebs_snapshot.new.id
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

data "aws_ami" "linux" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["amzn2-ami-hvm-2.0.*-x86_64-gp2"]
  }
}

resource "aws_instance" "linux" {
  ami           = data.aws_ami.linux.id
  instance_type = "t3.micro"

  tags = {
    data-class = "operational"
  }
}

# Encrypted, whatever the image is, and under the account's default key, which no plan shows.
resource "aws_instance" "linux_encrypted" {
  ami           = data.aws_ami.linux.id
  instance_type = "t3.micro"

  root_block_device {
    encrypted = true
  }

  tags = {
    data-class = "pii"
  }
}

data "aws_db_snapshot" "members" {
  db_snapshot_identifier = "copies-members"
}

data "aws_db_instance" "members" {
  db_instance_identifier = "copies-members"
}

resource "aws_db_instance" "restored" {
  identifier                          = "copies-restored"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = data.aws_db_snapshot.members.id
}

resource "aws_db_instance" "replica" {
  identifier                          = "copies-replica"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  replicate_source_db                 = data.aws_db_instance.members.db_instance_arn
}

resource "aws_db_instance" "restored_lowered" {
  identifier                          = "copies-restored-lowered"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = data.aws_db_snapshot.members.id

  tags = {
    data-class = "operational"
  }
}
