# Timestream, Keyspaces and DocumentDB elastic clusters: always encrypted, under whose key.
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

resource "aws_timestreamwrite_database" "unset_operational" {
  database_name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

resource "aws_timestreamwrite_database" "unset_pii" {
  database_name = "unset-pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_timestreamwrite_database" "cmk_pii" {
  database_name = "cmk-pii"
  kms_key_id    = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_timestreamwrite_database" "managed_operational" {
  database_name = "managed-operational"
  kms_key_id    = "arn:aws:kms:eu-central-1:111122223333:alias/aws/timestream"

  tags = {
    data-class = "operational"
  }
}

resource "aws_timestreamwrite_database" "outside_financial" {
  database_name = "outside-financial"
  kms_key_id    = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_keyspaces_table" "unset_operational" {
  keyspace_name = "space"
  table_name    = "unset_operational"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_keyspaces_table" "unset_public" {
  keyspace_name = "space"
  table_name    = "unset_public"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_keyspaces_table" "owned_pii" {
  keyspace_name = "space"
  table_name    = "owned_pii"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  encryption_specification {
    type = "AWS_OWNED_KMS_KEY"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_keyspaces_table" "cmk_pii" {
  keyspace_name = "space"
  table_name    = "cmk_pii"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_keyspaces_table" "outside_financial" {
  keyspace_name = "space"
  table_name    = "outside_financial"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  tags = {
    data-class = "financial"
  }
}

# The key of another category.
resource "aws_keyspaces_table" "wrong_key_financial" {
  keyspace_name = "space"
  table_name    = "wrong_key_financial"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = aws_kms_key.person.arn
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_docdbelastic_cluster" "unset_operational" {
  name                = "unset-operational"
  admin_user_name     = "elastic"
  admin_user_password = "avoid-plaintext-passwords"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1

  tags = {
    data-class = "operational"
  }
}

resource "aws_docdbelastic_cluster" "unset_pii" {
  name                = "unset-pii"
  admin_user_name     = "elastic"
  admin_user_password = "avoid-plaintext-passwords"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdbelastic_cluster" "cmk_pii" {
  name                = "cmk-pii"
  admin_user_name     = "elastic"
  admin_user_password = "avoid-plaintext-passwords"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdbelastic_cluster" "managed_operational" {
  name                = "managed-operational"
  admin_user_name     = "elastic"
  admin_user_password = "avoid-plaintext-passwords"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:alias/aws/rds"

  tags = {
    data-class = "operational"
  }
}

resource "aws_docdbelastic_cluster" "outside_financial" {
  name                = "outside-financial"
  admin_user_name     = "elastic"
  admin_user_password = "avoid-plaintext-passwords"
  auth_type           = "PLAIN_TEXT"
  shard_capacity      = 2
  shard_count         = 1
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
