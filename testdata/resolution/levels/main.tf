# An input that goes through two and three levels of modules, some with a local value on the way.

resource "aws_kms_key" "a" {
  description = "a"
}

module "two" {
  source = "./modules/middle"
  kms    = aws_kms_key.a.arn
}

module "two_local" {
  source = "./modules/middle-local"
  kms    = aws_kms_key.a.arn
}

module "three" {
  source = "./modules/top"
  kms    = aws_kms_key.a.arn
}

module "three_local" {
  source = "./modules/top-local"
  kms    = aws_kms_key.a.arn
}

module "three_null" {
  source = "./modules/top"
  kms    = null
}

module "local_here" {
  source = "./modules/top"
  kms    = local.kms
}

locals {
  kms = aws_kms_key.a.arn
}
