# Sensitive values are followed like others.

resource "aws_kms_key" "a" {
  description = "a"
}

module "store" {
  source = "./modules/store"
  kms    = aws_kms_key.a.arn
}

module "kms" {
  source = "./modules/kms"
}

variable "literal" {
  type      = string
  sensitive = true
  default   = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555"
}

resource "aws_ebs_volume" "marked" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = sensitive(aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "output" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.kms.key_arn
}

resource "aws_ebs_volume" "literal" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.literal
}
