# A key that goes through a resource of Terraform's own, and ARNs that functions of a provider put together.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "terraform_data" "arn" {
  input = aws_kms_key.a.arn
}

resource "terraform_data" "object" {
  input = { arn = aws_kms_key.a.arn, id = "x" }
}

resource "terraform_data" "local" {
  input = local.key
}

locals {
  key = aws_kms_key.a.arn
}

resource "aws_ebs_volume" "output" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.arn.output
}

resource "aws_ebs_volume" "member" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.object.output.arn
}

resource "aws_ebs_volume" "local" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.local.output
}

resource "aws_ebs_volume" "function" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = provider::aws::arn_build("aws", "kms", "eu-central-1", "444455556666", "key/11111111-2222-4333-8444-555555555555")
}

resource "aws_ebs_volume" "function_of_id" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = provider::aws::arn_build("aws", "kms", "eu-central-1", "444455556666", "key/${aws_kms_key.a.key_id}")
}
