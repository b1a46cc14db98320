# Three keys: one stays, one leaves the state and comes back by an import, one stays outside.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.a.key_id
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_kms_key" "outside" {
  description = "outside"
}

output "b_id" {
  value = aws_kms_key.b.key_id
}

output "outside_id" {
  value = aws_kms_key.outside.key_id
}
