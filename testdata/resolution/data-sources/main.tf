# Keys by data sources that are read during apply.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_alias" "a" {
  name          = "alias/a"
  target_key_id = aws_kms_key.a.key_id
}

resource "terraform_data" "first" {
}

data "aws_kms_key" "by_id" {
  key_id = aws_kms_key.a.key_id
}

data "aws_kms_key" "by_name" {
  key_id     = "alias/a"
  depends_on = [aws_kms_alias.a]
}

data "aws_kms_key" "by_local" {
  key_id = local.key
}

locals {
  key = aws_kms_key.a.key_id
}

data "aws_kms_key" "elsewhere" {
  key_id     = "alias/not-in-this-plan"
  depends_on = [terraform_data.first]
}

data "aws_kms_key" "of_aws" {
  key_id     = "alias/aws/ebs"
  depends_on = [terraform_data.first]
}

data "aws_kms_alias" "a" {
  name       = "alias/a"
  depends_on = [aws_kms_alias.a]
}

data "aws_kms_alias" "by_reference" {
  name       = aws_kms_alias.a.name
  depends_on = [aws_kms_alias.a]
}

resource "aws_ebs_volume" "by_id" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.by_id.arn
}

resource "aws_ebs_volume" "by_name" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.by_name.arn
}

resource "aws_ebs_volume" "by_local" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.by_local.arn
}

resource "aws_ebs_volume" "elsewhere" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.elsewhere.arn
}

resource "aws_ebs_volume" "of_aws" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_key.of_aws.arn
}

resource "aws_ebs_volume" "alias" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_alias.a.target_key_arn
}

resource "aws_sns_topic" "alias_arn" {
  name              = "alias-arn"
  kms_master_key_id = data.aws_kms_alias.a.arn
}

resource "aws_ebs_volume" "alias_by_reference" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.aws_kms_alias.by_reference.target_key_arn
}
