# A module's input that is given, left out or null, in an attribute that is only optional and in one that the provider computes.

resource "aws_kms_key" "a" {
  description = "a"
}

module "given" {
  source = "./modules/store"
  kms    = aws_kms_key.a.arn
}

module "omitted" {
  source = "./modules/store"
}

module "null" {
  source = "./modules/store"
  kms    = null
}

module "chosen" {
  source = "./modules/store"
  kms    = var.own_key ? aws_kms_key.a.arn : null
}

variable "own_key" {
  type    = bool
  default = false
}
