# Keys as outputs of modules, in every form, through an output of an output, and from an output into an input.

module "kms" {
  source = "./modules/kms"
}

module "wrapper" {
  source = "./modules/wrapper"
}

module "store" {
  source = "./modules/store"
  kms    = module.wrapper.arn
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.arn
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.tried
}

resource "aws_ebs_volume" "one" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.one
}

resource "aws_ebs_volume" "splat" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.splat[0]
}

resource "aws_ebs_volume" "member" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.all.arn
}

resource "aws_cloudwatch_log_group" "member" {
  name       = "/member"
  kms_key_id = module.kms.all.arn
}

resource "aws_ebs_volume" "whole" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.whole[0].arn
}

resource "aws_ebs_volume" "local" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.local
}

resource "aws_ebs_volume" "nothing" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.nothing
}

resource "aws_ebs_volume" "nested" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.wrapper.arn
}

resource "aws_ebs_volume" "nested_tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.wrapper.tried
}

resource "aws_ebs_volume" "nested_local" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.wrapper.through_local
}
