# Who may speak to an RDS database in plain text: what its parameter group says, or the default of its engine. Proxies say it themselves.
# All else is as it should be.
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

  default_tags {
    tags = {
      data-class = "operational"
    }
  }
}

# Known after apply.
resource "terraform_data" "later" {}

resource "aws_db_parameter_group" "postgres" {
  name   = "postgres"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "forced" {
  identifier                          = "forced"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "14.12"
  parameter_group_name                = aws_db_parameter_group.postgres.name
}

# The name is known after apply, the reference tells.
resource "aws_db_parameter_group" "prefixed" {
  name_prefix = "portal-"
  family      = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_instance" "prefixed" {
  identifier                          = "prefixed"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
  parameter_group_name                = aws_db_parameter_group.prefixed.name
}

resource "aws_db_parameter_group" "maria" {
  name   = "maria"
  family = "mariadb10.11"

  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}

resource "aws_db_instance" "maria" {
  identifier                          = "maria"
  engine                              = "mariadb"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "10.11"
  parameter_group_name                = aws_db_parameter_group.maria.id
}

resource "aws_db_parameter_group" "sql_server" {
  name   = "sql-server"
  family = "sqlserver-se-15.0"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "sql_server" {
  identifier              = "sql-server"
  engine                  = "sqlserver-se"
  instance_class          = "db.m6g.large"
  allocated_storage       = 20
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
  license_model           = "license-included"
  parameter_group_name    = aws_db_parameter_group.sql_server.name
}

# Off, where the family's default is on.
resource "aws_db_parameter_group" "switched_off" {
  name   = "switched-off"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_db_instance" "switched_off" {
  identifier                          = "switched-off"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "16.4"
  parameter_group_name                = aws_db_parameter_group.switched_off.name
}

resource "aws_db_parameter_group" "switched_off_mysql" {
  name   = "switched-off-mysql"
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "0"
  }
}

# On the internet.
resource "aws_db_instance" "public" {
  identifier                          = "public"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
  parameter_group_name                = aws_db_parameter_group.switched_off_mysql.name
  publicly_accessible                 = true
}

# Says nothing of TLS: the default of the family holds.
resource "aws_db_parameter_group" "only_logs" {
  name   = "only-logs"
  family = "postgres16"

  parameter {
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_db_instance" "only_logs" {
  identifier                          = "only-logs"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "16.4"
  parameter_group_name                = aws_db_parameter_group.only_logs.name
}

resource "aws_db_parameter_group" "only_logs_14" {
  name   = "only-logs-14"
  family = "postgres14"

  parameter {
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_db_instance" "only_logs_14" {
  identifier                          = "only-logs-14"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "14.12"
  parameter_group_name                = aws_db_parameter_group.only_logs_14.name
}

# Without a group.
resource "aws_db_instance" "postgres_16" {
  identifier                          = "postgres-16"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "16.4"
}

resource "aws_db_instance" "postgres_13" {
  identifier                          = "postgres-13"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "13.15"
}

# Which version this is, AWS decides.
resource "aws_db_instance" "postgres_any" {
  identifier                          = "postgres-any"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_db_instance" "mysql" {
  identifier                          = "mysql"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
}

resource "aws_db_instance" "maria_11_8" {
  identifier                          = "maria-11-8"
  engine                              = "mariadb"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "11.8"
}

resource "aws_db_instance" "maria_10_6" {
  identifier                          = "maria-10-6"
  engine                              = "mariadb"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "10.6"
}

resource "aws_db_instance" "sql_server_unset" {
  identifier              = "sql-server-unset"
  engine                  = "sqlserver-ex"
  instance_class          = "db.m6g.large"
  allocated_storage       = 20
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
  license_model           = "license-included"
}

# AWS's own groups.
resource "aws_db_instance" "default_mysql" {
  identifier                          = "default-mysql"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
  parameter_group_name                = "default.mysql8.0"
}

resource "aws_db_instance" "default_postgres" {
  identifier                          = "default-postgres"
  engine                              = "postgres"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "16.4"
  parameter_group_name                = "default.postgres16"
}

# A group that another configuration manages.
resource "aws_db_instance" "elsewhere" {
  identifier                          = "elsewhere"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
  parameter_group_name                = "company-mysql"
}

# A value that is known after apply.
resource "aws_db_parameter_group" "value_later" {
  name   = "value-later"
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = terraform_data.later.id
  }
}

resource "aws_db_instance" "value_later" {
  identifier                          = "value-later"
  engine                              = "mysql"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "example-1234"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection                 = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  engine_version                      = "8.0"
  parameter_group_name                = aws_db_parameter_group.value_later.name
}

# Oracle asks for TLS by an option, Db2 otherwise.
resource "aws_db_instance" "oracle" {
  identifier              = "oracle"
  engine                  = "oracle-ee"
  instance_class          = "db.m6g.large"
  allocated_storage       = 20
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
  license_model           = "bring-your-own-license"
}

resource "aws_db_instance" "db2" {
  identifier              = "db2"
  engine                  = "db2-se"
  instance_class          = "db.m6g.large"
  allocated_storage       = 20
  username                = "portal"
  password                = "example-1234"
  storage_encrypted       = true
  kms_key_id              = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
  engine_version          = "11.5"
}

# A replica has the engine of its source, and is judged once it stands.
resource "aws_db_instance" "replica" {
  identifier          = "replica"
  replicate_source_db = aws_db_instance.forced.identifier
  instance_class      = "db.m6g.large"
  storage_encrypted   = true
  deletion_protection = true
  skip_final_snapshot = true
}

resource "aws_db_instance" "replica_with_group" {
  identifier           = "replica-with-group"
  replicate_source_db  = aws_db_instance.forced.identifier
  parameter_group_name = aws_db_parameter_group.postgres.name
  instance_class       = "db.m6g.large"
  storage_encrypted    = true
  deletion_protection  = true
  skip_final_snapshot  = true
}

resource "aws_db_proxy" "tls" {
  name           = "tls"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = true

  auth {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:portal-abcdef"
  }
}

resource "aws_db_proxy" "unset" {
  name           = "unset"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  auth {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:portal-abcdef"
  }
}

resource "aws_db_proxy" "off" {
  name           = "off"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = false

  auth {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:portal-abcdef"
  }
}

resource "aws_db_proxy" "unknown" {
  name           = "unknown"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  require_tls    = terraform_data.later.id != ""

  auth {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:portal-abcdef"
  }
}
