terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.main, aws.copy]
    }
  }
}

resource "aws_ebs_volume" "main" {
  provider          = aws.main
  availability_zone = "eu-central-1a"
  size              = 20
}

resource "aws_ebs_volume" "copy" {
  provider          = aws.copy
  availability_zone = "eu-west-1a"
  size              = 20
}
