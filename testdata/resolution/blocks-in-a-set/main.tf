# Two blocks of a set: the plan orders them in its own way, and constants beside the key tell them apart.

variable "first" {
  type    = string
  default = "eu-west-1"
}

variable "second" {
  type    = string
  default = "eu-north-1"
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_dynamodb_table" "constants" {
  name         = "constants"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.a.arn
  }

  replica {
    region_name = "eu-west-1"
    kms_key_arn = aws_kms_key.a.arn
  }

  replica {
    region_name = "eu-north-1"
    kms_key_arn = aws_kms_key.b.arn
  }
}

resource "aws_dynamodb_table" "variables" {
  name         = "variables"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.a.arn
  }

  replica {
    region_name = var.first
    kms_key_arn = aws_kms_key.a.arn
  }

  replica {
    region_name = var.second
    kms_key_arn = aws_kms_key.b.arn
  }
}

resource "aws_instance" "disks" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  ebs_block_device {
    device_name = "/dev/sdf"
    encrypted   = true
    kms_key_id  = aws_kms_key.a.arn
  }

  ebs_block_device {
    device_name = "/dev/sdg"
    encrypted   = true
    kms_key_id  = aws_kms_key.b.arn
  }
}

# The plan shows true and 10.
resource "aws_instance" "converted" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

  root_block_device {
    encrypted   = "1"
    volume_size = "010"
    kms_key_id  = aws_kms_key.a.arn
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    encrypted   = "1"
    volume_size = "010"
    kms_key_id  = aws_kms_key.b.arn
  }
}
