variable "zone" {
  type = string
}

module "bare" {
  source = "../bare"
  zone   = var.zone
}
