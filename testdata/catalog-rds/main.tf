# What a database keeps beside its storage: Performance Insights.
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
  identifier          = "nothing-more"
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  username            = "root"
  skip_final_snapshot = true
  password            = "example-1234"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights" {
  identifier                   = "insights"
  engine                       = "postgres"
  instance_class               = "db.t4g.micro"
  allocated_storage            = 20
  username                     = "root"
  skip_final_snapshot          = true
  password                     = "example-1234"
  storage_encrypted            = true
  kms_key_id                   = aws_kms_key.person.arn
  performance_insights_enabled = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_off" {
  identifier                   = "insights-off"
  engine                       = "postgres"
  instance_class               = "db.t4g.micro"
  allocated_storage            = 20
  username                     = "root"
  skip_final_snapshot          = true
  password                     = "example-1234"
  storage_encrypted            = true
  kms_key_id                   = aws_kms_key.person.arn
  performance_insights_enabled = false

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_key" {
  identifier                      = "insights-key"
  engine                          = "postgres"
  instance_class                  = "db.t4g.micro"
  allocated_storage               = 20
  username                        = "root"
  skip_final_snapshot             = true
  password                        = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_key_elsewhere" {
  identifier                      = "insights-key-elsewhere"
  engine                          = "postgres"
  instance_class                  = "db.t4g.micro"
  allocated_storage               = 20
  username                        = "root"
  skip_final_snapshot             = true
  password                        = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "insights_wrong_key" {
  identifier                      = "insights-wrong-key"
  engine                          = "postgres"
  instance_class                  = "db.t4g.micro"
  allocated_storage               = 20
  username                        = "root"
  skip_final_snapshot             = true
  password                        = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

# AWS's own keys are enough for operational data.
resource "aws_db_instance" "insights_operational" {
  identifier                   = "insights-operational"
  engine                       = "postgres"
  instance_class               = "db.t4g.micro"
  allocated_storage            = 20
  username                     = "root"
  skip_final_snapshot          = true
  password                     = "example-1234"
  storage_encrypted            = true
  performance_insights_enabled = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_rds_cluster" "nothing_more" {
  cluster_identifier        = "nothing-more"
  engine                    = "postgres"
  db_cluster_instance_class = "db.m6gd.large"
  allocated_storage         = 100
  storage_type              = "io1"
  iops                      = 1000
  master_username           = "root"
  skip_final_snapshot       = true
  master_password           = "example-1234"
  storage_encrypted         = true
  kms_key_id                = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights" {
  cluster_identifier           = "insights"
  engine                       = "postgres"
  db_cluster_instance_class    = "db.m6gd.large"
  allocated_storage            = 100
  storage_type                 = "io1"
  iops                         = 1000
  master_username              = "root"
  skip_final_snapshot          = true
  master_password              = "example-1234"
  storage_encrypted            = true
  kms_key_id                   = aws_kms_key.person.arn
  performance_insights_enabled = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_off" {
  cluster_identifier           = "insights-off"
  engine                       = "postgres"
  db_cluster_instance_class    = "db.m6gd.large"
  allocated_storage            = 100
  storage_type                 = "io1"
  iops                         = 1000
  master_username              = "root"
  skip_final_snapshot          = true
  master_password              = "example-1234"
  storage_encrypted            = true
  kms_key_id                   = aws_kms_key.person.arn
  performance_insights_enabled = false

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_key" {
  cluster_identifier              = "insights-key"
  engine                          = "postgres"
  db_cluster_instance_class       = "db.m6gd.large"
  allocated_storage               = 100
  storage_type                    = "io1"
  iops                            = 1000
  master_username                 = "root"
  skip_final_snapshot             = true
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_key_elsewhere" {
  cluster_identifier              = "insights-key-elsewhere"
  engine                          = "postgres"
  db_cluster_instance_class       = "db.m6gd.large"
  allocated_storage               = 100
  storage_type                    = "io1"
  iops                            = 1000
  master_username                 = "root"
  skip_final_snapshot             = true
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "insights_wrong_key" {
  cluster_identifier              = "insights-wrong-key"
  engine                          = "postgres"
  db_cluster_instance_class       = "db.m6gd.large"
  allocated_storage               = 100
  storage_type                    = "io1"
  iops                            = 1000
  master_username                 = "root"
  skip_final_snapshot             = true
  master_password                 = "example-1234"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.person.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.everyday.arn

  tags = {
    data-class = "pii"
  }
}

# AWS's own keys are enough for operational data.
resource "aws_rds_cluster" "insights_operational" {
  cluster_identifier           = "insights-operational"
  engine                       = "postgres"
  db_cluster_instance_class    = "db.m6gd.large"
  allocated_storage            = 100
  storage_type                 = "io1"
  iops                         = 1000
  master_username              = "root"
  skip_final_snapshot          = true
  master_password              = "example-1234"
  storage_encrypted            = true
  performance_insights_enabled = true

  tags = {
    data-class = "operational"
  }
}
