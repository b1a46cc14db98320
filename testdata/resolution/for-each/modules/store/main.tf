variable "kms" {
  type    = string
  default = null
}

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.kms
}
