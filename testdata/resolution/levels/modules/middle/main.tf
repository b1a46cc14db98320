variable "kms" {
  type    = string
  default = null
}

module "store" {
  source = "../store"
  kms    = var.kms
}
