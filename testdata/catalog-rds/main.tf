# What a database keeps beside its storage: Performance Insights, of instances, clusters and their instances, and managed passwords.
# Deletion protection, backups and IAM authentication are as they should be: they have plans of their own.
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

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "nothing_more" {
  identifier                          = "nothing-more"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights" {
  identifier                          = "insights"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_off" {
  identifier                          = "insights-off"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = false

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_key" {
  identifier                          = "insights-key"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_key_elsewhere" {
  identifier                          = "insights-key-elsewhere"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_wrong_key" {
  identifier                          = "insights-wrong-key"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

# AWS's own keys are enough for operational data.
resource "aws_db_instance" "insights_operational" {
  identifier                          = "insights-operational"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  password                            = "example-1234"
  storage_encrypted                   = true
  performance_insights_enabled        = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "nothing_more" {
  cluster_identifier                  = "nothing-more"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights" {
  cluster_identifier                  = "insights"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_off" {
  cluster_identifier                  = "insights-off"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = false

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_key" {
  cluster_identifier                  = "insights-key"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_key_elsewhere" {
  cluster_identifier                  = "insights-key-elsewhere"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_wrong_key" {
  cluster_identifier                  = "insights-wrong-key"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

# AWS's own keys are enough for operational data.
resource "aws_rds_cluster" "insights_operational" {
  cluster_identifier                  = "insights-operational"
  engine                              = "postgres"
  db_cluster_instance_class           = "db.m6gd.large"
  allocated_storage                   = 100
  storage_type                        = "io1"
  iops                                = 1000
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  master_password                     = "example-1234"
  storage_encrypted                   = true
  performance_insights_enabled        = true

  tags = {
    data-class = "operational"
  }
}

# The instances of a cluster have no tag of their own: they hold what their cluster holds.
resource "aws_rds_cluster" "aurora" {
  cluster_identifier                  = "aurora"
  engine                              = "aurora-postgresql"
  master_username                     = "root"
  master_password                     = "example-1234"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster_instance" "nothing_more" {
  identifier         = "aurora-nothing-more"
  cluster_identifier = aws_rds_cluster.aurora.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "insights" {
  identifier                   = "aurora-insights"
  cluster_identifier           = aws_rds_cluster.aurora.id
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

# Switched off, so that its key is of no matter.
resource "aws_rds_cluster_instance" "insights_off" {
  identifier                      = "aurora-insights-off"
  cluster_identifier              = aws_rds_cluster.aurora.id
  engine                          = "aurora-postgresql"
  instance_class                  = "db.r6g.large"
  performance_insights_enabled    = false
  performance_insights_kms_key_id = aws_kms_key.everyday.arn
}

resource "aws_rds_cluster_instance" "insights_key" {
  identifier                      = "aurora-insights-key"
  cluster_identifier              = aws_rds_cluster.aurora.id
  engine                          = "aurora-postgresql"
  instance_class                  = "db.r6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.person.arn
}

resource "aws_rds_cluster_instance" "insights_key_elsewhere" {
  identifier                      = "aurora-insights-key-elsewhere"
  cluster_identifier              = aws_rds_cluster.aurora.id
  engine                          = "aurora-postgresql"
  instance_class                  = "db.r6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
}

resource "aws_rds_cluster_instance" "insights_wrong_key" {
  identifier                      = "aurora-insights-wrong-key"
  cluster_identifier              = aws_rds_cluster.aurora.id
  engine                          = "aurora-postgresql"
  instance_class                  = "db.r6g.large"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.everyday.arn
}

# The cluster by a name that is known, through a reference and without one.
resource "aws_rds_cluster_instance" "insights_by_name" {
  identifier                   = "aurora-insights-by-name"
  cluster_identifier           = aws_rds_cluster.aurora.cluster_identifier
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

resource "aws_rds_cluster_instance" "insights_by_bare_name" {
  identifier                   = "aurora-insights-by-bare-name"
  cluster_identifier           = "aurora"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

# AWS's own keys are enough for operational data.
resource "aws_rds_cluster_instance" "insights_own_tag" {
  identifier                   = "aurora-insights-own-tag"
  cluster_identifier           = aws_rds_cluster.aurora.id
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true

  tags = {
    data-class = "operational"
  }
}

# A cluster that is not in this plan. An instance is no store of its own, so nobody is asked for a tag.
resource "aws_rds_cluster_instance" "insights_elsewhere" {
  identifier                   = "aurora-insights-elsewhere"
  cluster_identifier           = "elsewhere"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true
}

# Whether it is on is known only after apply.
resource "terraform_data" "answer" {}

resource "aws_rds_cluster_instance" "insights_unknown" {
  identifier                   = "aurora-insights-unknown"
  cluster_identifier           = aws_rds_cluster.aurora.id
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = terraform_data.answer.id != ""
}

# A managed password is a secret and no personal data, whichever key it has.
resource "aws_db_instance" "managed_password" {
  identifier                          = "managed-password"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  manage_master_user_password         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "managed_password_key" {
  identifier                          = "managed-password-key"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "managed_password_alias" {
  identifier                          = "managed-password-alias"
  engine                              = "postgres"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  username                            = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = "alias/cmk-secrets"

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "managed_password" {
  cluster_identifier                  = "managed-password"
  engine                              = "aurora-postgresql"
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  manage_master_user_password         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "managed_password_key" {
  cluster_identifier                  = "managed-password-key"
  engine                              = "aurora-postgresql"
  master_username                     = "root"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.person.arn
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.everyday.key_id

  tags = {
    data-class = "pii"
  }
}
