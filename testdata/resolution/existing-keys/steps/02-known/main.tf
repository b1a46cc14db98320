# New volumes with a key that exists, one that is imported and at once changed, and one that this state does not manage.

variable "b_id" {
  type = string
}

variable "outside_id" {
  type = string
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.a.key_id
}

import {
  to = aws_kms_key.b
  id = var.b_id
}

resource "aws_kms_key" "b" {
  description         = "b"
  enable_key_rotation = true
}

data "aws_kms_key" "outside" {
  key_id = var.outside_id
}

data "aws_kms_key" "b" {
  key_id = var.b_id
}

data "aws_kms_alias" "a" {
  name = "alias/a"
}

locals {
  keys = {
    existing = aws_kms_key.a.arn
    imported = aws_kms_key.b.arn
    outside  = data.aws_kms_key.outside.arn
  }
}

resource "aws_ebs_volume" "local" {
  for_each = local.keys

  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value
}

resource "aws_ebs_volume" "alias" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_alias.a.target_key_arn
}

# The data source reads the key that the same plan imports.
resource "aws_ebs_volume" "read" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.b.arn
}

resource "aws_ebs_volume" "outside" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.outside.arn
}

resource "aws_ebs_volume" "imported" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.b.arn
}
