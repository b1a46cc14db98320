variable "zone" {
  type = string
}

module "disk" {
  source = "../disk"
  zone   = var.zone
}

resource "aws_ebs_volume" "own" {
  availability_zone = var.zone
  size              = 20
}
