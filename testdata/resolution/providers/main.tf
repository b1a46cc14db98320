# Two Regions with an alias of the same name: a name is looked up where its user is.

provider "aws" {
  alias                       = "use1"
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "here" {
  source = "./modules/app"
}

module "there" {
  source    = "./modules/app"
  providers = { aws = aws.use1 }
}

# Without required_providers in the module between, the plan names a provider configuration that it does not list.
module "nested" {
  source    = "./modules/outer"
  providers = { aws = aws.use1 }
}

resource "aws_ebs_volume" "there" {
  provider          = aws.use1
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.there.key_arn
}

resource "aws_sns_topic" "here" {
  name              = "here"
  kms_master_key_id = "alias/app"
}

resource "aws_sns_topic" "there" {
  provider          = aws.use1
  name              = "there"
  kms_master_key_id = "alias/app"
}
