# The account's EBS defaults belong to a provider configuration, whatever it is called in the module that uses it.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# Encryption by default, with a customer key, from a module.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

# Encryption by default switched off, from another instance of the same module.
provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

# Only the key is said.
provider "aws" {
  alias                       = "north"
  region                      = "eu-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "pii"
    }
  }
}

module "defaults" {
  source  = "./modules/defaults"
  enabled = true
  key     = "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
}

module "defaults_west" {
  source    = "./modules/defaults"
  enabled   = false
  key       = "arn:aws:kms:eu-west-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
  providers = { aws = aws.west }
}

# Beside the modules.
resource "aws_ebs_volume" "here" {
  availability_zone = "eu-central-1a"
  size              = 20
}

resource "aws_ebs_volume" "west" {
  provider          = aws.west
  availability_zone = "eu-west-1a"
  size              = 20
}

# Switched off by default, and still the default key where encryption is asked for.
resource "aws_ebs_volume" "west_encrypted" {
  provider          = aws.west
  availability_zone = "eu-west-1a"
  size              = 20
  encrypted         = true
}

# A key without encryption by default counts only where encryption is asked for.
resource "aws_ebs_default_kms_key" "north" {
  provider = aws.north
  key_arn  = "arn:aws:kms:eu-north-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
}

resource "aws_ebs_volume" "north" {
  provider          = aws.north
  availability_zone = "eu-north-1a"
  size              = 20
}

resource "aws_ebs_volume" "north_encrypted" {
  provider          = aws.north
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = true
}

# Two levels down, where nobody names a provider: the root's.
module "outer" {
  source = "./modules/outer"
  zone   = "eu-central-1a"
}

# The same with another provider handed in: the inner module has it, too.
module "outer_west" {
  source    = "./modules/outer"
  zone      = "eu-west-1a"
  providers = { aws = aws.west }
}

# A module between them without resources of its own leaves no trace of what was handed in.
module "bare_west" {
  source    = "./modules/bare"
  zone      = "eu-west-1a"
  providers = { aws = aws.west }
}

# Two providers by names of the module's own.
module "both" {
  source = "./modules/both"

  providers = {
    aws.main = aws
    aws.copy = aws.west
  }
}

# Nobody hands anything in, and no module on the way has resources: the root's.
module "bare" {
  source = "./modules/bare"
  zone   = "eu-central-1a"
}

# Three levels down.
module "deep" {
  source = "./modules/deep"
  zone   = "eu-central-1a"
}

module "deep_west" {
  source    = "./modules/deep"
  zone      = "eu-west-1a"
  providers = { aws = aws.west }
}
