# Public addresses, deletion protection, backups and IAM authentication of databases: set, unset, unknown, and where they are of no matter.
# All are encrypted as operational data needs it, where a configuration can say so.
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

variable "days" {
  type    = number
  default = null
}

variable "protected" {
  type    = bool
  default = null
}

# As it should be, with a week of backups and not a day more.
resource "aws_db_instance" "kept" {
  identifier                          = "kept"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

# The same, with the default written.
resource "aws_db_instance" "written" {
  identifier                          = "written"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  publicly_accessible                 = false
  deletion_protection                 = true
  backup_retention_period             = 35
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

# Nothing is written: private, and that is all.
resource "aws_db_instance" "bare" {
  identifier          = "bare"
  engine              = "postgres"
  allocated_storage   = 20
  username            = "portal"
  password            = "example-1234"
  storage_encrypted   = true
  instance_class      = "db.m6g.large"
  skip_final_snapshot = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "public" {
  identifier                          = "public"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  publicly_accessible                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "unprotected" {
  identifier                          = "unprotected"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = false
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "six_days" {
  identifier                          = "six-days"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 6
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "no_backups" {
  identifier                          = "no-backups"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 0
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "passwords" {
  identifier                          = "passwords"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = false

  tags = {
    data-class = "operational"
  }
}

# Variables that hold null are as good as nothing.
resource "aws_db_instance" "through_null" {
  identifier                          = "through-null"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  deletion_protection                 = var.protected
  backup_retention_period             = var.days
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

# What is known only after apply may be anything.
resource "terraform_data" "later" {}

resource "aws_db_instance" "unknown" {
  identifier                          = "unknown"
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  instance_class                      = "db.m6g.large"
  skip_final_snapshot                 = true
  publicly_accessible                 = terraform_data.later.id != ""
  deletion_protection                 = terraform_data.later.id != ""
  backup_retention_period             = length(terraform_data.later.id)
  iam_database_authentication_enabled = terraform_data.later.id != ""

  tags = {
    data-class = "operational"
  }
}

# A replica needs no backups of its own: its source has them. Its engine is its source's, and no plan shows it.
resource "aws_db_instance" "replica" {
  identifier          = "replica"
  replicate_source_db = aws_db_instance.kept.identifier
  instance_class      = "db.m6g.large"
  skip_final_snapshot = true
  deletion_protection = true

  tags = {
    data-class = "operational"
  }
}

# It may be as public as any other, and as easy to delete.
resource "aws_db_instance" "replica_public" {
  identifier          = "replica-public"
  replicate_source_db = aws_db_instance.kept.identifier
  instance_class      = "db.m6g.large"
  skip_final_snapshot = true
  publicly_accessible = true

  tags = {
    data-class = "operational"
  }
}

# A restored database has the retention of what it is made from, unless the configuration says more: it should.
resource "aws_db_instance" "restored" {
  identifier          = "restored"
  snapshot_identifier = "kept-2026-01-01"
  instance_class      = "db.m6g.large"
  skip_final_snapshot = true
  deletion_protection = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "restored_kept" {
  identifier              = "restored-kept"
  snapshot_identifier     = "kept-2026-01-01"
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 14

  tags = {
    data-class = "operational"
  }
}

# Engines without IAM authentication.
resource "aws_db_instance" "oracle" {
  identifier              = "oracle"
  engine                  = "oracle-se2"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "sql_server" {
  identifier              = "sql-server"
  engine                  = "sqlserver-ex"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "db2" {
  identifier              = "db2"
  engine                  = "db2-se"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "custom_oracle" {
  identifier              = "custom-oracle"
  engine                  = "custom-oracle-ee"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

# Engines with it.
resource "aws_db_instance" "maria" {
  identifier              = "maria"
  engine                  = "mariadb"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

resource "aws_db_instance" "my" {
  identifier              = "my"
  engine                  = "mysql"
  allocated_storage       = 100
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  instance_class          = "db.m6g.large"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

# Clusters.
resource "aws_rds_cluster" "kept" {
  cluster_identifier                  = "kept"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "bare" {
  cluster_identifier  = "bare"
  engine              = "aurora-mysql"
  master_username     = "portal"
  master_password     = "example-1234"
  storage_encrypted   = true
  skip_final_snapshot = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "unprotected" {
  cluster_identifier                  = "unprotected"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = false
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "one_day" {
  cluster_identifier                  = "one-day"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 1
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "passwords" {
  cluster_identifier                  = "passwords"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "unknown" {
  cluster_identifier                  = "unknown"
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "example-1234"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = terraform_data.later.id != ""
  backup_retention_period             = length(terraform_data.later.id)
  iam_database_authentication_enabled = terraform_data.later.id != ""

  tags = {
    data-class = "operational"
  }
}

# A Multi-AZ cluster of RDS.
resource "aws_rds_cluster" "multi_az" {
  cluster_identifier        = "multi-az"
  engine                    = "postgres"
  db_cluster_instance_class = "db.m6gd.large"
  allocated_storage         = 100
  storage_type              = "io1"
  iops                      = 1000
  master_username           = "portal"
  master_password           = "example-1234"
  storage_encrypted         = true
  skip_final_snapshot       = true
  deletion_protection       = true
  backup_retention_period   = 7

  tags = {
    data-class = "operational"
  }
}

# Aurora Serverless v1 has no IAM authentication.
resource "aws_rds_cluster" "serverless" {
  cluster_identifier      = "serverless"
  engine                  = "aurora-mysql"
  engine_mode             = "serverless"
  master_username         = "portal"
  master_password         = "example-1234"
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 7

  tags = {
    data-class = "operational"
  }
}

# A replica of a cluster in another Region.
resource "aws_rds_cluster" "replica" {
  cluster_identifier                  = "replica"
  engine                              = "aurora-mysql"
  replication_source_identifier       = "arn:aws:rds:eu-west-1:111122223333:cluster:portal"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  iam_database_authentication_enabled = true

  tags = {
    data-class = "operational"
  }
}

# Restored to a time, with the retention of its source.
resource "aws_rds_cluster" "restored" {
  cluster_identifier                  = "restored"
  engine                              = "aurora-postgresql"
  skip_final_snapshot                 = true
  deletion_protection                 = true
  iam_database_authentication_enabled = true

  restore_to_point_in_time {
    source_cluster_identifier  = "portal"
    use_latest_restorable_time = true
  }

  tags = {
    data-class = "operational"
  }
}

# Instances of a cluster: only their address is their own.
resource "aws_rds_cluster_instance" "unset" {
  identifier         = "kept-unset"
  cluster_identifier = aws_rds_cluster.kept.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"

}

resource "aws_rds_cluster_instance" "private" {
  identifier          = "kept-private"
  cluster_identifier  = aws_rds_cluster.kept.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_rds_cluster_instance" "public" {
  identifier          = "kept-public"
  cluster_identifier  = aws_rds_cluster.kept.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_rds_cluster_instance" "unknown" {
  identifier          = "kept-unknown"
  cluster_identifier  = aws_rds_cluster.kept.id
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  publicly_accessible = terraform_data.later.id != ""
}

# Other services that look like RDS.
resource "aws_docdb_cluster" "documents" {
  cluster_identifier      = "documents"
  master_username         = "portal"
  master_password         = "example-1234"
  storage_encrypted       = true
  skip_final_snapshot     = true
  deletion_protection     = false
  backup_retention_period = 1

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster" "graph" {
  cluster_identifier                  = "graph"
  engine                              = "neptune"
  storage_encrypted                   = true
  skip_final_snapshot                 = true
  deletion_protection                 = false
  backup_retention_period             = 1
  iam_database_authentication_enabled = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_neptune_cluster_instance" "graph" {
  cluster_identifier  = aws_neptune_cluster.graph.id
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}
