# Terraform takes a number for a text in an index, and a text for a number.

resource "aws_kms_key" "by_text" {
  for_each    = { for position, name in ["a", "b"] : position => name }
  description = each.value
}

resource "aws_kms_key" "by_number" {
  count       = 2
  description = "c${count.index}"
}

module "keys" {
  source   = "./modules/key"
  for_each = { "0" = "d", "1" = "e" }

  description = each.value
}

resource "aws_ebs_volume" "by_text" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.by_text[1].arn
}

resource "aws_ebs_volume" "by_number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.by_number["1"].arn
}

resource "aws_ebs_volume" "module" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.keys[0].key_arn
}
