# Keys of another account, most of which planseal.yaml lists, under every name that a key can have; and look-alikes.
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

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "people" {
  type    = string
  default = "arn:aws:kms:eu-central-1:444455556666:key/11111111-aaaa-4bbb-8ccc-111111111111"
}

variable "secret" {
  type      = string
  sensitive = true
  default   = "arn:aws:kms:eu-central-1:444455556666:key/66666666-aaaa-4bbb-8ccc-666666666666"
}

resource "terraform_data" "later" {
  input = "later"
}

# Personal data under one key by four names: enough, and what is recommended.

resource "aws_sns_topic" "people_arn" {
  name              = "people-arn"
  kms_master_key_id = var.people

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "people_id" {
  name              = "people-id"
  kms_master_key_id = "11111111-aaaa-4bbb-8ccc-111111111111"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sns_topic" "people_alias_arn" {
  name              = "people-alias-arn"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:alias/cmk-people"

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_alias" "people" {
  name          = "alias/here"
  target_key_id = var.people
}

resource "aws_sns_topic" "people_alias_here" {
  name              = "people-alias-here"
  kms_master_key_id = aws_kms_alias.people.name

  tags = {
    data-class = "pii"
  }
}

# Without a tag, the key tells the category.

resource "aws_sns_topic" "inferred_arn" {
  name              = "inferred-arn"
  kms_master_key_id = var.people
}

resource "aws_sns_topic" "inferred_other_alias" {
  name              = "inferred-other-alias"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:alias/people-before"
}

resource "aws_sns_topic" "inferred_trail" {
  name              = "inferred-trail"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:alias/cmk-trail"
}

# An alias that is listed without an account, in whatever account this is.
resource "aws_sns_topic" "inferred_ledger" {
  name              = "inferred-ledger"
  kms_master_key_id = "alias/cmk-ledger"
}

# Known only after apply, and nothing else than that key by two of its names.
resource "aws_sns_topic" "inferred_either_name" {
  name              = "inferred-either-name"
  kms_master_key_id = terraform_data.later.output == "now" ? var.people : "11111111-aaaa-4bbb-8ccc-111111111111"
}

# The copy holds the material of a key that is listed.
resource "aws_kms_replica_key" "of_known" {
  provider        = aws.west
  primary_key_arn = "arn:aws:kms:eu-central-1:444455556666:key/mrk-77777777aaaa4bbb8ccc777777777777"
}

resource "aws_sns_topic" "inferred_replica" {
  provider          = aws.west
  name              = "inferred-replica"
  kms_master_key_id = aws_kms_replica_key.of_known.arn
}

# Look-alikes: nothing of them is known.

resource "aws_sns_topic" "other_account" {
  name              = "other-account"
  kms_master_key_id = "arn:aws:kms:eu-central-1:999988887777:key/11111111-aaaa-4bbb-8ccc-111111111111"
}

resource "aws_sns_topic" "alias_of_other_account" {
  name              = "alias-of-other-account"
  kms_master_key_id = "arn:aws:kms:eu-central-1:999988887777:alias/cmk-people"
}

resource "aws_sns_topic" "alias_of_other_region" {
  name              = "alias-of-other-region"
  kms_master_key_id = "arn:aws:kms:eu-west-1:444455556666:alias/cmk-people"
}

# In which account this is, no first plan shows.
resource "aws_sns_topic" "alias_of_some_account" {
  name              = "alias-of-some-account"
  kms_master_key_id = "alias/cmk-people"
}

resource "aws_sns_topic" "copy_in_some_region" {
  name              = "copy-in-some-region"
  kms_master_key_id = "mrk-77777777aaaa4bbb8ccc777777777777"
}

resource "aws_sns_topic" "longer_alias" {
  name              = "longer-alias"
  kms_master_key_id = "alias/cmk-ledger-2"
}

# No key is called so.
resource "aws_sns_topic" "id_in_a_text" {
  name              = "id-in-a-text"
  kms_master_key_id = "key/11111111-aaaa-4bbb-8ccc-111111111111"
}

# Under another category's key, also where nobody may read which one it is.

resource "aws_sns_topic" "mismatch" {
  name              = "mismatch"
  kms_master_key_id = "33333333-aaaa-4bbb-8ccc-333333333333"

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "secret_mismatch" {
  name              = "secret-mismatch"
  kms_master_key_id = var.secret

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "secret_inferred" {
  name              = "secret-inferred"
  kms_master_key_id = var.secret
}

# One key by three names; the alias of another account is another key.

resource "aws_sns_topic" "shared_financial" {
  name              = "shared-financial"
  kms_master_key_id = "22222222-aaaa-4bbb-8ccc-222222222222"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "shared_audit" {
  name              = "shared-audit"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:alias/shared"

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "shared_audit_too" {
  name              = "shared-audit-too"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/22222222-aaaa-4bbb-8ccc-222222222222"

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_sns_topic" "not_shared" {
  name              = "not-shared"
  kms_master_key_id = "arn:aws:kms:eu-central-1:999988887777:alias/shared"

  tags = {
    data-class = "financial"
  }
}

# Health data wants an HSM.

resource "aws_sns_topic" "health_hsm" {
  name              = "health-hsm"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/33333333-aaaa-4bbb-8ccc-333333333333"

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_no_hsm" {
  name              = "health-no-hsm"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/44444444-aaaa-4bbb-8ccc-444444444444"

  tags = {
    data-class = "health"
  }
}

resource "aws_sns_topic" "health_not_said" {
  name              = "health-not-said"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/55555555-aaaa-4bbb-8ccc-555555555555"

  tags = {
    data-class = "health"
  }
}
