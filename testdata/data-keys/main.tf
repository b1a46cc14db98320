# Keys that stores name through data sources and aliases, in two Regions; and keys that are copies of others.
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
  alias                       = "us"
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "money" {
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_alias" "money" {
  name          = "alias/data-keys-money"
  target_key_id = aws_kms_key.money.key_id
}

resource "aws_kms_key" "audit" {
  enable_key_rotation = true

  tags = {
    data-class = "audit-logs"
  }
}

resource "terraform_data" "late" {}

# Read during apply: what they are asked for tells which key it is.

data "aws_kms_key" "by_id" {
  key_id = aws_kms_key.money.key_id
}

data "aws_kms_key" "by_alias_name" {
  key_id     = "alias/data-keys-money"
  depends_on = [aws_kms_alias.money]
}

data "aws_kms_key" "by_alias" {
  key_id = aws_kms_alias.money.name
}

data "aws_kms_alias" "money" {
  name       = "alias/data-keys-money"
  depends_on = [aws_kms_alias.money]
}

data "aws_kms_key" "by_alias_data" {
  key_id = data.aws_kms_alias.money.target_key_id
}

data "aws_kms_key" "audit" {
  key_id = aws_kms_key.audit.arn
}

data "aws_kms_key" "outside" {
  key_id     = "arn:aws:kms:eu-central-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
  depends_on = [terraform_data.late]
}

# AWS's own keys.

data "aws_kms_alias" "aws" {
  name       = "alias/aws/sns"
  depends_on = [terraform_data.late]
}

data "aws_kms_key" "aws" {
  key_id     = "arn:aws:kms:eu-central-1:111122223333:alias/aws/sns"
  depends_on = [terraform_data.late]
}

# Nobody knows which.
data "aws_kms_key" "late" {
  key_id = terraform_data.late.id
}

resource "aws_sns_topic" "by_id" {
  name              = "data-keys-by-id"
  kms_master_key_id = data.aws_kms_key.by_id.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "by_alias_name" {
  name              = "data-keys-by-alias-name"
  kms_master_key_id = data.aws_kms_key.by_alias_name.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "by_alias" {
  name              = "data-keys-by-alias"
  kms_master_key_id = data.aws_kms_key.by_alias.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "by_alias_data" {
  name              = "data-keys-by-alias-data"
  kms_master_key_id = data.aws_kms_key.by_alias_data.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "alias_target" {
  name              = "data-keys-alias-target"
  kms_master_key_id = data.aws_kms_alias.money.target_key_arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "alias_arn" {
  name              = "data-keys-alias-arn"
  kms_master_key_id = data.aws_kms_alias.money.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "outside" {
  name              = "data-keys-outside"
  kms_master_key_id = data.aws_kms_key.outside.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "aws_alias" {
  name              = "data-keys-aws-alias"
  kms_master_key_id = data.aws_kms_alias.aws.target_key_arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "aws_key" {
  name              = "data-keys-aws-key"
  kms_master_key_id = data.aws_kms_key.aws.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "late" {
  name              = "data-keys-late"
  kms_master_key_id = data.aws_kms_key.late.arn

  tags = {
    data-class = "financial"
  }
}

# The key of other data, through a data source.
resource "aws_sns_topic" "other_category" {
  name              = "data-keys-other-category"
  kms_master_key_id = data.aws_kms_key.audit.arn

  tags = {
    data-class = "financial"
  }
}

# The provider makes up the rest of the name.

resource "aws_kms_alias" "prefixed" {
  name_prefix   = "alias/data-keys-"
  target_key_id = aws_kms_key.money.key_id
}

resource "aws_sns_topic" "prefixed_name" {
  name              = "data-keys-prefixed-name"
  kms_master_key_id = aws_kms_alias.prefixed.name

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "prefixed_arn" {
  name              = "data-keys-prefixed-arn"
  kms_master_key_id = aws_kms_alias.prefixed.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "prefixed_target" {
  name              = "data-keys-prefixed-target"
  kms_master_key_id = aws_kms_alias.prefixed.target_key_arn

  tags = {
    data-class = "financial"
  }
}

# A name belongs to one Region.

resource "aws_kms_key" "audit_us" {
  provider            = aws.us
  enable_key_rotation = true

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_kms_alias" "elsewhere" {
  provider      = aws.us
  name          = "alias/data-keys-elsewhere"
  target_key_id = aws_kms_key.audit_us.key_id
}

# The same name in both.

resource "aws_kms_alias" "here" {
  name          = "alias/data-keys-both"
  target_key_id = aws_kms_key.money.key_id
}

resource "aws_kms_alias" "there" {
  provider      = aws.us
  name          = "alias/data-keys-both"
  target_key_id = aws_kms_key.audit_us.key_id
}

# Not the alias in us-east-1, but one that this plan does not hold.
resource "aws_sns_topic" "name_of_another_region" {
  name              = "data-keys-name-of-another-region"
  kms_master_key_id = "alias/data-keys-elsewhere"

  tags = {
    data-class = "financial"
  }
}

# That alias itself.
resource "aws_sns_topic" "alias_of_another_region" {
  name              = "data-keys-alias-of-another-region"
  kms_master_key_id = aws_kms_alias.elsewhere.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "both_here" {
  name              = "data-keys-both-here"
  kms_master_key_id = "alias/data-keys-both"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "both_there" {
  provider          = aws.us
  name              = "data-keys-both-there"
  kms_master_key_id = "alias/data-keys-both"

  tags = {
    data-class = "financial"
  }
}

# Copies of keys in another Region have tags of their own. Without any, they belong to what the first key is for.

resource "aws_kms_key" "primary" {
  provider            = aws.us
  enable_key_rotation = true
  multi_region        = true

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_kms_replica_key" "untagged" {
  primary_key_arn = aws_kms_key.primary.arn
}

resource "aws_kms_replica_key" "tagged" {
  primary_key_arn = aws_kms_key.primary.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_alias" "replica" {
  name          = "alias/data-keys-replica"
  target_key_id = aws_kms_replica_key.untagged.key_id
}

resource "aws_kms_external_key" "primary" {
  provider     = aws.us
  multi_region = true

  tags = {
    data-class = "financial"
  }
}

resource "aws_kms_replica_external_key" "untagged" {
  primary_key_arn = aws_kms_external_key.primary.arn
}

# A copy of a key that this plan does not hold.
resource "aws_kms_replica_key" "of_outside" {
  primary_key_arn = "arn:aws:kms:us-east-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef"
}

resource "aws_sns_topic" "replica_untagged" {
  name              = "data-keys-replica-untagged"
  kms_master_key_id = aws_kms_replica_key.untagged.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "replica_alias" {
  name              = "data-keys-replica-alias"
  kms_master_key_id = "alias/data-keys-replica"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "replica_tagged" {
  name              = "data-keys-replica-tagged"
  kms_master_key_id = aws_kms_replica_key.tagged.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "replica_external" {
  name              = "data-keys-replica-external"
  kms_master_key_id = aws_kms_replica_external_key.untagged.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "external" {
  provider          = aws.us
  name              = "data-keys-external"
  kms_master_key_id = aws_kms_external_key.primary.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_sns_topic" "replica_of_outside" {
  name              = "data-keys-replica-of-outside"
  kms_master_key_id = aws_kms_replica_key.of_outside.arn

  tags = {
    data-class = "financial"
  }
}

# Its category is that of the key, which is that of the first key.
resource "aws_sns_topic" "inferred" {
  name              = "data-keys-inferred"
  kms_master_key_id = aws_kms_replica_external_key.untagged.arn
}
