# Categories by address: of a module, of one resource, of one instance; with tags that say otherwise, and look-alikes.
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

module "crm" {
  source = "./modules/crm"
}

# Named whole.
resource "aws_sns_topic" "invoices" {
  name              = "invoices"
  kms_master_key_id = "alias/aws/sns"
}

# Named whole, without the name being a pattern of this one.
resource "aws_sns_topic" "invoices_archive" {
  name              = "invoices-archive"
  kms_master_key_id = "alias/aws/sns"
}

# One instance of two.
resource "aws_sns_topic" "regional" {
  for_each          = toset(["audit", "open"])
  name              = "regional-${each.key}"
  kms_master_key_id = "alias/aws/sns"
}
