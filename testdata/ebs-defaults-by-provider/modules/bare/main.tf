variable "zone" {
  type = string
}

module "disk" {
  source = "../disk"
  zone   = var.zone
}
