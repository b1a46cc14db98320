# Copies of databases and warehouses: snapshots, what is restored from them, backups in another Region, members of global clusters.
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

# With a policy of its own, so that what is under it has all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true
  multi_region        = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_replica_key" "pii" {
  provider        = aws.west
  primary_key_arn = aws_kms_key.pii.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

# Amazon Redshift.
resource "aws_redshift_cluster" "sales" {
  cluster_identifier  = "copies-sales"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  encrypted           = true
  kms_key_id          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "plain" {
  cluster_identifier  = "copies-plain"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  encrypted           = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_redshift_cluster_snapshot" "sales" {
  cluster_identifier  = aws_redshift_cluster.sales.id
  snapshot_identifier = "copies-sales"
}

resource "aws_redshift_cluster_snapshot" "plain" {
  cluster_identifier  = aws_redshift_cluster.plain.id
  snapshot_identifier = "copies-plain"
}

resource "aws_redshift_cluster_snapshot" "elsewhere" {
  cluster_identifier  = "copies-warehouse-elsewhere"
  snapshot_identifier = "copies-elsewhere"
}

resource "aws_redshift_cluster" "restored" {
  cluster_identifier  = "copies-restored"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  snapshot_identifier = aws_redshift_cluster_snapshot.sales.id
}

resource "aws_redshift_cluster" "restored_by_arn" {
  cluster_identifier  = "copies-restored-by-arn"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  snapshot_arn        = aws_redshift_cluster_snapshot.sales.arn
}

# Redshift may encrypt what is made of a snapshot that is not encrypted.
resource "aws_redshift_cluster" "restored_plain" {
  cluster_identifier  = "copies-restored-plain"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  snapshot_identifier = aws_redshift_cluster_snapshot.plain.id
}

resource "aws_redshift_cluster" "restored_plain_keyed" {
  cluster_identifier  = "copies-restored-plain-keyed"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  snapshot_identifier = aws_redshift_cluster_snapshot.plain.id
  encrypted           = true
  kms_key_id          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_cluster" "restored_elsewhere" {
  cluster_identifier  = "copies-restored-elsewhere"
  node_type           = "ra3.large"
  master_username     = "portal"
  master_password     = "Not-a-secret-only-1-test"
  skip_final_snapshot = true
  snapshot_identifier = "copies-snapshot-elsewhere"
}

# The grant names a key of the other Region.
resource "aws_redshift_snapshot_copy_grant" "sales" {
  provider                 = aws.west
  snapshot_copy_grant_name = "copies-sales"
  kms_key_id               = aws_kms_replica_key.pii.arn
}

resource "aws_redshift_snapshot_copy_grant" "unkeyed" {
  provider                 = aws.west
  snapshot_copy_grant_name = "copies-unkeyed"
}

resource "aws_redshift_snapshot_copy" "sales" {
  cluster_identifier       = aws_redshift_cluster.sales.id
  destination_region       = "eu-west-1"
  snapshot_copy_grant_name = aws_redshift_snapshot_copy_grant.sales.snapshot_copy_grant_name
}

resource "aws_redshift_snapshot_copy" "unkeyed" {
  cluster_identifier       = aws_redshift_cluster.restored.id
  destination_region       = "eu-west-1"
  snapshot_copy_grant_name = aws_redshift_snapshot_copy_grant.unkeyed.snapshot_copy_grant_name
}

resource "aws_redshift_snapshot_copy" "elsewhere" {
  cluster_identifier       = aws_redshift_cluster.restored_by_arn.id
  destination_region       = "eu-west-1"
  snapshot_copy_grant_name = "copies-elsewhere"
}

resource "aws_redshift_snapshot_copy" "plain" {
  cluster_identifier = aws_redshift_cluster.plain.id
  destination_region = "eu-west-1"
}

resource "aws_redshiftserverless_namespace" "sales" {
  namespace_name = "copies-sales"
  kms_key_id     = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshiftserverless_snapshot" "sales" {
  namespace_name = aws_redshiftserverless_namespace.sales.namespace_name
  snapshot_name  = "copies-sales"
}

resource "aws_redshiftserverless_snapshot" "elsewhere" {
  namespace_name = "copies-elsewhere"
  snapshot_name  = "copies-elsewhere"
}

# Amazon ElastiCache. A backup says nothing of the encryption of what is restored from it.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "copies-sessions"
  description                = "Made of a backup"
  node_type                  = "cache.t4g.micro"
  snapshot_name              = "copies-elsewhere"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_elasticache_replication_group" "visits" {
  replication_group_id = "copies-visits"
  description          = "Made of a backup"
  node_type            = "cache.t4g.micro"
  snapshot_name        = "copies-elsewhere"
  engine               = "redis"

  tags = {
    data-class = "operational"
  }
}

# Global clusters hold nothing themselves; their members do.
resource "aws_rds_global_cluster" "encrypted" {
  global_cluster_identifier = "copies-rds-encrypted"
  engine                    = "aurora-postgresql"
  storage_encrypted         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_global_cluster" "plain" {
  global_cluster_identifier = "copies-rds-plain"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_cluster" "primary" {
  cluster_identifier                  = "copies-primary"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_global_cluster" "made" {
  global_cluster_identifier    = "copies-rds-made"
  source_db_cluster_identifier = aws_rds_cluster.primary.arn
  force_destroy                = true
}

resource "aws_rds_cluster" "member_keyed" {
  cluster_identifier                  = "copies-member-keyed"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  global_cluster_identifier           = aws_rds_global_cluster.encrypted.id
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn
}

resource "aws_rds_cluster" "member_unkeyed" {
  cluster_identifier                  = "copies-member-unkeyed"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  global_cluster_identifier           = aws_rds_global_cluster.encrypted.id
  storage_encrypted                   = true
}

resource "aws_rds_cluster" "member_plain" {
  cluster_identifier                  = "copies-member-plain"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  global_cluster_identifier           = aws_rds_global_cluster.plain.id

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "member_made" {
  cluster_identifier                  = "copies-member-made"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  global_cluster_identifier           = aws_rds_global_cluster.made.id
}

resource "aws_rds_cluster" "member_elsewhere" {
  cluster_identifier                  = "copies-member-elsewhere"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  global_cluster_identifier           = "copies-elsewhere"
}

resource "aws_docdb_global_cluster" "encrypted" {
  global_cluster_identifier = "copies-docdb-encrypted"
  engine                    = "docdb"
  storage_encrypted         = true
}

resource "aws_docdb_global_cluster" "plain" {
  global_cluster_identifier = "copies-docdb-plain"
  engine                    = "docdb"
}

resource "aws_docdb_cluster" "primary" {
  cluster_identifier  = "copies-docdb-primary"
  skip_final_snapshot = true
  master_username     = "portal"
  master_password     = "not-a-secret-only-a-test"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_global_cluster" "made" {
  global_cluster_identifier    = "copies-docdb-made"
  source_db_cluster_identifier = aws_docdb_cluster.primary.arn
}

resource "aws_docdb_cluster" "member_unkeyed" {
  cluster_identifier        = "copies-docdb-member-unkeyed"
  skip_final_snapshot       = true
  master_username           = "portal"
  master_password           = "not-a-secret-only-a-test"
  global_cluster_identifier = aws_docdb_global_cluster.encrypted.id
  storage_encrypted         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster" "member_plain" {
  cluster_identifier        = "copies-docdb-member-plain"
  skip_final_snapshot       = true
  master_username           = "portal"
  master_password           = "not-a-secret-only-a-test"
  global_cluster_identifier = aws_docdb_global_cluster.plain.id

  tags = {
    data-class = "operational"
  }
}

resource "aws_docdb_cluster" "member_made" {
  cluster_identifier        = "copies-docdb-member-made"
  skip_final_snapshot       = true
  master_username           = "portal"
  master_password           = "not-a-secret-only-a-test"
  global_cluster_identifier = aws_docdb_global_cluster.made.id
}

resource "aws_neptune_global_cluster" "encrypted" {
  global_cluster_identifier = "copies-neptune-encrypted"
  engine                    = "neptune"
  storage_encrypted         = true
}

resource "aws_neptune_global_cluster" "plain" {
  global_cluster_identifier = "copies-neptune-plain"
  engine                    = "neptune"
}

resource "aws_neptune_cluster" "primary" {
  cluster_identifier  = "copies-neptune-primary"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_arn         = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_global_cluster" "made" {
  global_cluster_identifier    = "copies-neptune-made"
  source_db_cluster_identifier = aws_neptune_cluster.primary.arn
}

resource "aws_neptune_cluster" "member_unkeyed" {
  cluster_identifier        = "copies-neptune-member-unkeyed"
  skip_final_snapshot       = true
  global_cluster_identifier = aws_neptune_global_cluster.encrypted.id
  storage_encrypted         = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster" "member_plain" {
  cluster_identifier        = "copies-neptune-member-plain"
  skip_final_snapshot       = true
  global_cluster_identifier = aws_neptune_global_cluster.plain.id

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster" "member_made" {
  cluster_identifier        = "copies-neptune-member-made"
  skip_final_snapshot       = true
  global_cluster_identifier = aws_neptune_global_cluster.made.id
}

# Automated backups in another Region.
resource "aws_db_instance" "members" {
  identifier                          = "copies-backed-up"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "not-a-secret-only-a-test"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance_automated_backups_replication" "keyed" {
  provider               = aws.west
  source_db_instance_arn = aws_db_instance.members.arn
  kms_key_id             = aws_kms_replica_key.pii.arn
}

resource "aws_db_instance_automated_backups_replication" "unkeyed" {
  provider               = aws.west
  source_db_instance_arn = aws_db_instance.members.arn
}

resource "aws_db_instance_automated_backups_replication" "elsewhere" {
  provider               = aws.west
  source_db_instance_arn = "arn:aws:rds:eu-central-1:111122223333:db:elsewhere"
}
