# A tag that is null is no tag, and leaves that of the provider in force.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "terraform_data" "first" {
}

resource "aws_ebs_volume" "null" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = null
    owner      = terraform_data.first.id
  }
}

resource "aws_ebs_volume" "late" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = terraform_data.first.id == "" ? "public" : null
    owner      = terraform_data.first.id
  }
}

resource "aws_ebs_volume" "own" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = "public"
    owner      = terraform_data.first.id
  }
}
