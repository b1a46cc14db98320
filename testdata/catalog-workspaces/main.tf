# WorkSpaces: two volumes, each with a switch of its own, and one key.
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

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_workspaces_workspace" "unset_operational" {
  directory_id = "d-1111111111"
  bundle_id    = "wsb-111111111"
  user_name    = "unset.operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_workspaces_workspace" "unset_pii" {
  directory_id = "d-1111111111"
  bundle_id    = "wsb-111111111"
  user_name    = "unset.pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_workspaces_workspace" "flags_operational" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "flags.operational"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_workspaces_workspace" "flags_pii" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "flags.pii"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true

  tags = {
    data-class = "pii"
  }
}

# A key alone encrypts nothing.
resource "aws_workspaces_workspace" "key_only_pii" {
  directory_id          = "d-1111111111"
  bundle_id             = "wsb-111111111"
  user_name             = "key.only.pii"
  volume_encryption_key = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_workspaces_workspace" "user_only_pii" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "user.only.pii"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = false
  volume_encryption_key          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_workspaces_workspace" "cmk_pii" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "cmk.pii"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_workspaces_workspace" "managed_operational" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "managed.operational"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true
  volume_encryption_key          = "alias/aws/workspaces"

  tags = {
    data-class = "operational"
  }
}

resource "aws_workspaces_workspace" "outside_financial" {
  directory_id                   = "d-1111111111"
  bundle_id                      = "wsb-111111111"
  user_name                      = "outside.financial"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true
  volume_encryption_key          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
