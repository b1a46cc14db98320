# Keys by their aliases.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.a.key_id
}

resource "aws_kms_alias" "prefixed" {
  name_prefix   = "alias/b-"
  target_key_id = aws_kms_key.b.arn
}

resource "aws_kms_alias" "local" {
  name          = "alias/local"
  target_key_id = local.key
}

resource "aws_kms_alias" "each" {
  for_each      = { a = aws_kms_key.a.key_id, b = aws_kms_key.b.key_id }
  name          = "alias/each-${each.key}"
  target_key_id = each.value
}

locals {
  key = aws_kms_key.a.key_id
}

resource "aws_ebs_volume" "target" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_alias.a.target_key_arn
}

resource "aws_sns_topic" "arn" {
  name              = "arn"
  kms_master_key_id = aws_kms_alias.a.arn
}

resource "aws_sns_topic" "name" {
  name              = "name"
  kms_master_key_id = aws_kms_alias.a.name
}

resource "aws_sns_topic" "literal_name" {
  name              = "literal-name"
  kms_master_key_id = "alias/a"
}

resource "aws_sns_topic" "id" {
  name              = "id"
  kms_master_key_id = aws_kms_alias.a.id
}

resource "aws_ebs_volume" "prefixed" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_alias.prefixed.target_key_arn
}

resource "aws_sns_topic" "prefixed_name" {
  name              = "prefixed-name"
  kms_master_key_id = aws_kms_alias.prefixed.name
}

resource "aws_ebs_volume" "local" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_alias.local.target_key_arn
}

resource "aws_sns_topic" "local_name" {
  name              = "local-name"
  kms_master_key_id = "alias/local"
}

resource "aws_ebs_volume" "each" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_alias.each["b"].target_key_arn
}

resource "aws_sns_topic" "each_name" {
  name              = "each-name"
  kms_master_key_id = "alias/each-b"
}
