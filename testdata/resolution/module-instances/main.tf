# Keys in modules with for_each and count: a computed index hides which output is meant.

module "kms" {
  source   = "./modules/kms"
  for_each = toset(["pii", "financial"])
}

module "counted" {
  source = "./modules/kms"
  count  = 2
}

module "pair" {
  source   = "./modules/pair"
  for_each = toset(["pii", "financial"])
}

module "store" {
  source   = "./modules/store"
  for_each = module.kms
  kms      = each.value.key_arn
}

module "store_by_key" {
  source   = "./modules/store"
  for_each = toset(["pii", "financial"])
  kms      = module.kms[each.key].key_arn
}

resource "aws_ebs_volume" "literal_key" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms["pii"].key_arn
}

resource "aws_ebs_volume" "number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.counted[1].key_arn
}

resource "aws_ebs_volume" "each_key" {
  for_each          = toset(["pii", "financial"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms[each.key].key_arn
}

resource "aws_ebs_volume" "count_index" {
  count             = 2
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.counted[count.index].key_arn
}

resource "aws_ebs_volume" "each_of_module" {
  for_each          = module.kms
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value.key_arn
}

resource "aws_cloudwatch_log_group" "each_of_module" {
  for_each   = module.kms
  name       = "/each-of-module-${each.key}"
  kms_key_id = each.value.key_arn
}

resource "aws_ebs_volume" "two_outputs" {
  for_each          = toset(["pii"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.pair[each.key].main_arn
}

resource "aws_ebs_volume" "splat" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = (module.counted[*].key_arn)[1]
}
