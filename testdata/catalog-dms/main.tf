# DMS replication: always encrypted, under whose key.
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

resource "aws_dms_replication_instance" "unset_operational" {
  replication_instance_id    = "unset-operational"
  replication_instance_class = "dms.t3.medium"

  tags = {
    data-class = "operational"
  }
}

resource "aws_dms_replication_instance" "unset_pii" {
  replication_instance_id    = "unset-pii"
  replication_instance_class = "dms.t3.medium"

  tags = {
    data-class = "pii"
  }
}

resource "aws_dms_replication_instance" "cmk_pii" {
  replication_instance_id    = "cmk-pii"
  replication_instance_class = "dms.t3.medium"
  kms_key_arn                = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_dms_replication_instance" "managed_operational" {
  replication_instance_id    = "managed-operational"
  replication_instance_class = "dms.t3.medium"
  kms_key_arn                = "arn:aws:kms:eu-central-1:111122223333:alias/aws/dms"

  tags = {
    data-class = "operational"
  }
}

resource "aws_dms_replication_instance" "outside_financial" {
  replication_instance_id    = "outside-financial"
  replication_instance_class = "dms.t3.medium"
  kms_key_arn                = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_dms_replication_config" "unset_operational" {
  replication_config_identifier = "unset-operational"
  replication_type              = "full-load"
  source_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:SOURCE"
  target_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:TARGET"

  table_mappings = jsonencode({
    rules = [{ rule-type = "selection", rule-id = "1", rule-name = "all", rule-action = "include", object-locator = { schema-name = "%", table-name = "%" } }]
  })

  compute_config {
    replication_subnet_group_id = "replication"
    max_capacity_units          = "64"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_dms_replication_config" "unset_pii" {
  replication_config_identifier = "unset-pii"
  replication_type              = "full-load"
  source_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:SOURCE"
  target_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:TARGET"

  table_mappings = jsonencode({
    rules = [{ rule-type = "selection", rule-id = "1", rule-name = "all", rule-action = "include", object-locator = { schema-name = "%", table-name = "%" } }]
  })

  compute_config {
    replication_subnet_group_id = "replication"
    max_capacity_units          = "64"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dms_replication_config" "cmk_pii" {
  replication_config_identifier = "cmk-pii"
  replication_type              = "full-load"
  source_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:SOURCE"
  target_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:TARGET"

  table_mappings = jsonencode({
    rules = [{ rule-type = "selection", rule-id = "1", rule-name = "all", rule-action = "include", object-locator = { schema-name = "%", table-name = "%" } }]
  })

  compute_config {
    replication_subnet_group_id = "replication"
    max_capacity_units          = "64"
    kms_key_id                  = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_dms_replication_config" "managed_operational" {
  replication_config_identifier = "managed-operational"
  replication_type              = "full-load"
  source_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:SOURCE"
  target_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:TARGET"

  table_mappings = jsonencode({
    rules = [{ rule-type = "selection", rule-id = "1", rule-name = "all", rule-action = "include", object-locator = { schema-name = "%", table-name = "%" } }]
  })

  compute_config {
    replication_subnet_group_id = "replication"
    max_capacity_units          = "64"
    kms_key_id                  = "arn:aws:kms:eu-central-1:111122223333:alias/aws/dms"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_dms_replication_config" "outside_financial" {
  replication_config_identifier = "outside-financial"
  replication_type              = "full-load"
  source_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:SOURCE"
  target_endpoint_arn           = "arn:aws:dms:eu-central-1:111122223333:endpoint:TARGET"

  table_mappings = jsonencode({
    rules = [{ rule-type = "selection", rule-id = "1", rule-name = "all", rule-action = "include", object-locator = { schema-name = "%", table-name = "%" } }]
  })

  compute_config {
    replication_subnet_group_id = "replication"
    max_capacity_units          = "64"
    kms_key_id                  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  tags = {
    data-class = "financial"
  }
}
