variable "kms" {
  type    = string
  default = null
}

locals {
  kms = var.kms
}

module "store" {
  source = "../store"
  kms    = local.kms
}
