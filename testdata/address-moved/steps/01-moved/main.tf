# Both move out of the module: one keeps its tag, the other was only classified by its address.
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
  skip_metadata_api_check     = true
}

resource "aws_sns_topic" "contacts" {
  name              = "contacts"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "leads" {
  name              = "leads"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "pii"
  }
}

moved {
  from = module.crm.aws_sns_topic.contacts
  to   = aws_sns_topic.contacts
}

moved {
  from = module.crm.aws_sns_topic.leads
  to   = aws_sns_topic.leads
}
