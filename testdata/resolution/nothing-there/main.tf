# Keys that do not exist because their count is 0 are no candidates, but what asks for their number chooses.

resource "aws_kms_key" "z" {
  count       = 0
  description = "z"
}

module "z" {
  source = "./modules/kms"
  count  = 0
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_ebs_volume" "one" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = one(aws_kms_key.z[*].arn)
}

resource "aws_cloudwatch_log_group" "one" {
  name       = "/one"
  kms_key_id = one(aws_kms_key.z[*].arn)
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(aws_kms_key.z[0].arn, null)
}

resource "aws_ebs_volume" "tried_other" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(aws_kms_key.z[0].arn, aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "module" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = one(module.z[*].key_arn)
}

resource "aws_ebs_volume" "number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = length(aws_kms_key.z) > 0 ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "no_number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = length(aws_kms_key.z) == 0 ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "module_number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = length(module.z) > 0 ? aws_kms_key.a.arn : null
}

resource "aws_cloudwatch_log_group" "no_number" {
  name       = "/no-number"
  kms_key_id = length(aws_kms_key.z) == 0 ? aws_kms_key.a.arn : null
}
