# Volumes that say little, in Regions of which planseal.yaml says what the account does there; and look-alikes.
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

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "south"
  region                      = "eu-south-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "north"
  region                      = "eu-north-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "paris"
  region                      = "eu-west-3"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "unseen"
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

resource "aws_sns_topic" "here" {
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "west" {
  provider          = aws.west
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "south" {
  provider          = aws.south
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "north" {
  provider          = aws.north
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

resource "aws_sns_topic" "paris" {
  provider          = aws.paris
  name              = "account-facts"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

# Encryption by default, with a key of the security account.

resource "aws_ebs_volume" "here_unset" {
  availability_zone = "eu-central-1a"
  size              = 8

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_volume" "here_encrypted" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = "pii"
  }
}

# No encryption by default; which key is the default, nobody says.

resource "aws_ebs_volume" "west_unset" {
  provider          = aws.west
  availability_zone = "eu-west-1a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "west_encrypted" {
  provider          = aws.west
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = true

  tags = {
    data-class = "operational"
  }
}

# Encryption by default, with AWS's own key.

resource "aws_ebs_volume" "south_operational" {
  provider          = aws.south
  availability_zone = "eu-south-1a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_volume" "south_pii" {
  provider          = aws.south
  availability_zone = "eu-south-1a"
  size              = 8

  tags = {
    data-class = "pii"
  }
}

# Listed for another account only.

resource "aws_ebs_volume" "north_unset" {
  provider          = aws.north
  availability_zone = "eu-north-1a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}

# A resource of the plan says otherwise than the configuration, and wins.
resource "aws_ebs_encryption_by_default" "paris" {
  provider = aws.paris
  enabled  = true
}

resource "aws_ebs_volume" "paris_unset" {
  provider          = aws.paris
  availability_zone = "eu-west-3a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}

# Nothing that stands shows the account and the Region of this provider configuration.

resource "aws_ebs_volume" "unseen_unset" {
  provider          = aws.unseen
  availability_zone = "eu-central-1a"
  size              = 8

  tags = {
    data-class = "operational"
  }
}
