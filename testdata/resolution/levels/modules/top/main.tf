variable "kms" {
  type    = string
  default = null
}

module "middle" {
  source = "../middle"
  kms    = var.kms
}
