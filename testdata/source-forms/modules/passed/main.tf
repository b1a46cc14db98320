terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "5.100.0"
      configuration_aliases = [aws.other]
    }
  }
}

variable "name" {
  type = string
}

resource "aws_vpc" "other" {
  provider   = aws.other
  cidr_block = "10.1.0.0/16"

  tags = {
    Name = "${var.name}-${path.module}"
  }
}

output "names" {
  value = [var.name, aws_vpc.other.id]
}
