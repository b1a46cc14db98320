# Keys through local values: plan JSON holds none of them.

locals {
  kms     = aws_kms_key.a.arn
  keys    = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }
  chain   = local.kms
  deep    = { stores = { pii = { kms = local.keys["pii"] } } }
  literal = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555"
  create  = true
  none    = null
  guarded = local.create ? aws_kms_key.a.arn : null
  refused = !local.create ? aws_kms_key.a.arn : null
  merged  = merge(local.keys, { pii = aws_kms_key.b.arn })
  built   = { for class, arn in local.keys : upper(class) => arn if class != "financial" }
  whole   = aws_kms_key.a
  list    = [aws_kms_key.a.arn, aws_kms_key.b.arn]
}

variable "class" {
  type    = string
  default = "financial"
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.kms
}

resource "aws_ebs_volume" "map_index" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.keys["pii"]
}

resource "aws_ebs_volume" "map_attribute" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.keys.financial
}

resource "aws_ebs_volume" "map_variable" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.keys[var.class]
}

resource "aws_ebs_volume" "map_each" {
  for_each          = toset(["pii", "financial"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.keys[each.key]
}

resource "aws_ebs_volume" "each_of_map" {
  for_each          = local.keys
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value
}

resource "aws_ebs_volume" "chain" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.chain
}

resource "aws_ebs_volume" "deep" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.deep.stores.pii.kms
}

resource "aws_ebs_volume" "literal" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.literal
}

resource "aws_ebs_volume" "none" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.none
}

resource "aws_ebs_volume" "guarded" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.guarded
}

resource "aws_ebs_volume" "refused" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.refused
}

resource "aws_ebs_volume" "guard" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.create ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "dead_guard" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.create ? null : aws_kms_key.a.arn
}

resource "aws_cloudwatch_log_group" "guard" {
  name       = "/guard"
  kms_key_id = local.create ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "merged" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.merged["pii"]
}

resource "aws_ebs_volume" "built" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.built["PII"]
}

resource "aws_ebs_volume" "whole" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.whole.arn
}

resource "aws_ebs_volume" "list" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.list[1]
}

resource "aws_ebs_volume" "lookup" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = lookup(local.keys, "health", aws_kms_key.b.arn)
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(local.keys["health"], local.kms)
}

resource "aws_ebs_volume" "in_a_string" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.kms
}
