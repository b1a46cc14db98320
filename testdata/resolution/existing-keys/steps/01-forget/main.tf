# Two keys leave the state and stay in the account.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.a.key_id
}

removed {
  from = aws_kms_key.b

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_kms_key.outside

  lifecycle {
    destroy = false
  }
}
