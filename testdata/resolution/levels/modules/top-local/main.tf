variable "kms" {
  type    = string
  default = null
}

module "middle-local" {
  source = "../middle-local"
  kms    = var.kms
}
