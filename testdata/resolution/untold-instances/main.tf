# Modules whose instances hang on something that is not read of the plan. A module may have an instance and show nothing.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

locals {
  strict = length(fileset(path.module, "*.tf")) > 0
}

# Without resources: it only hands a key through.
module "passed" {
  source = "./modules/passed"
  count  = local.strict ? 1 : 0

  key_arn = aws_kms_key.a.arn
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(module.passed[0].key_arn, aws_kms_key.b.arn)
}

resource "aws_ebs_volume" "only" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = one(module.passed[*].key_arn)
}

resource "aws_ebs_volume" "number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = length(module.passed) == 0 ? aws_kms_key.b.arn : aws_kms_key.a.arn
}

# The instance "other" has no resource.
module "counted" {
  source   = "./modules/counted"
  for_each = toset(local.strict ? ["own", "other"] : ["own"])

  create  = each.key == "own"
  key_arn = aws_kms_key.b.arn
}

resource "aws_ebs_volume" "unseen" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(module.counted["other"].key_arn, aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "seen" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(module.counted["own"].key_arn, aws_kms_key.a.arn)
}

# Each instance has its key, and so shows.
module "single" {
  source   = "./modules/single"
  for_each = toset(local.strict ? ["x", "y"] : ["x"])

  name = each.key
}

resource "aws_ebs_volume" "last" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = values(module.single)[length(module.single) - 1].key_arn
}
