# Replicas of keys, keys with imported material and multi-Region keys.

provider "aws" {
  alias                       = "use1"
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "multi_region" {
  description  = "multi-region"
  multi_region = true
}

resource "aws_kms_replica_key" "replica" {
  provider        = aws.use1
  primary_key_arn = aws_kms_key.multi_region.arn
}

resource "aws_kms_external_key" "external" {
  description  = "external"
  multi_region = true
}

resource "aws_kms_replica_external_key" "external" {
  provider        = aws.use1
  primary_key_arn = aws_kms_external_key.external.arn
}

resource "aws_ebs_volume" "multi_region" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.multi_region.arn
}

resource "aws_ebs_volume" "replica" {
  provider          = aws.use1
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_replica_key.replica.arn
}

resource "aws_ebs_volume" "external" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_external_key.external.arn
}

resource "aws_ebs_volume" "replica_external" {
  provider          = aws.use1
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_replica_external_key.external.arn
}

resource "aws_ebs_volume" "any" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(aws_kms_key.none[0].arn, aws_kms_external_key.external.arn, null)
}

resource "aws_kms_key" "none" {
  count       = 0
  description = "none"
}
