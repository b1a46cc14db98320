terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "enabled" {
  type = bool
}

variable "key" {
  type = string
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = var.enabled
}

resource "aws_ebs_default_kms_key" "this" {
  key_arn = var.key
}
