# Voice, games and caches: services whose encryption of traffic is a switch.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Known only after apply.
resource "terraform_data" "flag" {
  input = true
}

resource "aws_chime_voice_connector" "encrypted" {
  name               = "encrypted"
  require_encryption = true
}

resource "aws_chime_voice_connector" "plain" {
  name               = "plain"
  require_encryption = false
}

resource "aws_chime_voice_connector" "told_later" {
  name               = "told-later"
  require_encryption = terraform_data.flag.output
}

resource "aws_appsync_api_cache" "encrypted" {
  api_id                     = "exampleapi1"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "LARGE"
  ttl                        = 60
  transit_encryption_enabled = true
}

resource "aws_appsync_api_cache" "plain" {
  api_id                     = "exampleapi2"
  api_caching_behavior       = "FULL_REQUEST_CACHING"
  type                       = "LARGE"
  ttl                        = 60
  transit_encryption_enabled = false
}

resource "aws_appsync_api_cache" "unset" {
  api_id               = "exampleapi3"
  api_caching_behavior = "FULL_REQUEST_CACHING"
  type                 = "LARGE"
  ttl                  = 60
}

resource "aws_gamelift_fleet" "with_certificate" {
  name              = "with-certificate"
  build_id          = "build-11112222-3333-4444-5555-666677778888"
  ec2_instance_type = "c5.large"

  certificate_configuration {
    certificate_type = "GENERATED"
  }
}

resource "aws_gamelift_fleet" "without" {
  name              = "without"
  build_id          = "build-11112222-3333-4444-5555-666677778888"
  ec2_instance_type = "c5.large"
}
