# Keys that are written out.

resource "aws_sns_topic" "key_arn" {
  name              = "key-arn"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555"
}

resource "aws_sns_topic" "of_aws" {
  name              = "of-aws"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "of_aws_arn" {
  name              = "of-aws-arn"
  kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/aws/sns"
}

resource "aws_sns_topic" "alias_arn" {
  name              = "alias-arn"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:alias/other"
}

resource "aws_sns_topic" "alias" {
  name              = "alias"
  kms_master_key_id = "alias/other"
}

resource "aws_sns_topic" "key_id" {
  name              = "key-id"
  kms_master_key_id = "11111111-2222-4333-8444-555555555555"
}

resource "aws_sns_topic" "multi_region" {
  name              = "multi-region"
  kms_master_key_id = "mrk-0123456789abcdef0123456789abcdef"
}

resource "aws_sns_topic" "empty" {
  name              = "empty"
  kms_master_key_id = ""
}

resource "aws_sns_topic" "null" {
  name              = "null"
  kms_master_key_id = null
}

resource "aws_ebs_volume" "key_arn" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555"
}
