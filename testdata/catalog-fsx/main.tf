# FSx file systems and caches: always encrypted, under whose key.
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

# No deployment type is SCRATCH_1, which takes no key.
resource "aws_fsx_lustre_file_system" "scratch_operational" {
  subnet_ids       = ["subnet-11111111"]
  storage_capacity = 1200

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_lustre_file_system" "scratch_public" {
  subnet_ids       = ["subnet-11111111"]
  storage_capacity = 1200
  deployment_type  = "SCRATCH_2"

  tags = {
    data-class = "public"
  }
}

resource "aws_fsx_lustre_file_system" "unset_operational" {
  subnet_ids                  = ["subnet-11111111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_lustre_file_system" "unset_pii" {
  subnet_ids                  = ["subnet-11111111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_lustre_file_system" "cmk_pii" {
  subnet_ids                  = ["subnet-11111111"]
  storage_capacity            = 1200
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

# From a backup, whose key no plan shows.
resource "aws_fsx_lustre_file_system" "restored_operational" {
  subnet_ids                  = ["subnet-11111111"]
  backup_id                   = "backup-11111111"
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_lustre_file_system" "restored_pii" {
  subnet_ids                  = ["subnet-11111111"]
  backup_id                   = "backup-11111111"
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_lustre_file_system" "restored_cmk_pii" {
  subnet_ids                  = ["subnet-11111111"]
  backup_id                   = "backup-11111111"
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
  kms_key_id                  = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_ontap_file_system" "unset_pii" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-11111111", "subnet-22222222"]
  deployment_type     = "MULTI_AZ_1"
  throughput_capacity = 512
  preferred_subnet_id = "subnet-11111111"

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_ontap_file_system" "cmk_financial" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-11111111", "subnet-22222222"]
  deployment_type     = "MULTI_AZ_1"
  throughput_capacity = 512
  preferred_subnet_id = "subnet-11111111"
  kms_key_id          = aws_kms_key.money.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_fsx_ontap_file_system" "managed_operational" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-11111111", "subnet-22222222"]
  deployment_type     = "MULTI_AZ_1"
  throughput_capacity = 512
  preferred_subnet_id = "subnet-11111111"
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:alias/aws/fsx"

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_openzfs_file_system" "unset_operational" {
  storage_capacity    = 64
  subnet_ids          = ["subnet-11111111"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_openzfs_file_system" "restored_pii" {
  backup_id           = "backup-11111111"
  subnet_ids          = ["subnet-11111111"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_openzfs_file_system" "outside_health" {
  storage_capacity    = 64
  subnet_ids          = ["subnet-11111111"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
  kms_key_id          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "health"
  }
}

# The key of another category.
resource "aws_fsx_openzfs_file_system" "wrong_key_financial" {
  storage_capacity    = 64
  subnet_ids          = ["subnet-11111111"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "financial"
  }
}

resource "aws_fsx_windows_file_system" "unset_audit" {
  active_directory_id = "d-1111111111"
  storage_capacity    = 300
  subnet_ids          = ["subnet-11111111"]
  throughput_capacity = 1024

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_fsx_windows_file_system" "cmk_pii" {
  active_directory_id = "d-1111111111"
  storage_capacity    = 300
  subnet_ids          = ["subnet-11111111"]
  throughput_capacity = 1024
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_windows_file_system" "restored_operational" {
  active_directory_id = "d-1111111111"
  backup_id           = "backup-11111111"
  subnet_ids          = ["subnet-11111111"]
  throughput_capacity = 1024

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_file_cache" "unset_operational" {
  file_cache_type         = "LUSTRE"
  file_cache_type_version = "2.12"
  storage_capacity        = 1200
  subnet_ids              = ["subnet-11111111"]

  lustre_configuration {
    deployment_type               = "CACHE_1"
    per_unit_storage_throughput   = 1000
    weekly_maintenance_start_time = "2:05:00"

    metadata_configuration {
      storage_capacity = 2400
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_fsx_file_cache" "unset_pii" {
  file_cache_type         = "LUSTRE"
  file_cache_type_version = "2.12"
  storage_capacity        = 1200
  subnet_ids              = ["subnet-11111111"]

  lustre_configuration {
    deployment_type               = "CACHE_1"
    per_unit_storage_throughput   = 1000
    weekly_maintenance_start_time = "2:05:00"

    metadata_configuration {
      storage_capacity = 2400
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_fsx_file_cache" "outside_financial" {
  file_cache_type         = "LUSTRE"
  file_cache_type_version = "2.12"
  storage_capacity        = 1200
  subnet_ids              = ["subnet-11111111"]

  lustre_configuration {
    deployment_type               = "CACHE_1"
    per_unit_storage_throughput   = 1000
    weekly_maintenance_start_time = "2:05:00"

    metadata_configuration {
      storage_capacity = 2400
    }
  }
  kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}
