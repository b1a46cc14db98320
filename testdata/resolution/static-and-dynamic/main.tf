# A static and a dynamic block of one type: the configuration shows fewer blocks than there are.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_dynamodb_table" "mixed" {
  name         = "mixed"
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

  dynamic "replica" {
    for_each = { eu-north-1 = aws_kms_key.b.arn }
    content {
      region_name = replica.key
      kms_key_arn = replica.value
    }
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

  dynamic "ebs_block_device" {
    for_each = ["/dev/sdg"]
    content {
      device_name = ebs_block_device.value
      encrypted   = true
      kms_key_id  = aws_kms_key.b.arn
    }
  }
}
