# Copies: what they hold and how it is encrypted comes from what they are made of.
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

# Amazon RDS. The originals: one as it should be, one that is not encrypted.
resource "aws_db_instance" "members" {
  identifier                          = "copies-members"
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

resource "aws_db_instance" "legacy" {
  identifier                          = "copies-legacy"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "postgres"
  allocated_storage                   = 20
  username                            = "portal"
  password                            = "not-a-secret-only-a-test"

  tags = {
    data-class = "operational"
  }
}

# A replica, by a name that is known.
resource "aws_db_instance" "replica" {
  identifier                          = "copies-replica"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  replicate_source_db                 = aws_db_instance.members.identifier
}

# By an ARN that is not.
resource "aws_db_instance" "replica_by_arn" {
  identifier                          = "copies-replica-by-arn"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  replicate_source_db                 = aws_db_instance.members.arn
}

# What it says of itself does not count.
resource "aws_db_instance" "replica_of_legacy" {
  identifier                          = "copies-replica-of-legacy"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  replicate_source_db                 = aws_db_instance.legacy.identifier
  storage_encrypted                   = true
}

# In another Region a replica has a key of that Region.
resource "aws_db_instance" "replica_west" {
  identifier                          = "copies-replica-west"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  provider                            = aws.west
  replicate_source_db                 = aws_db_instance.members.arn
  kms_key_id                          = "arn:aws:kms:eu-west-1:111122223333:key/0b6f5a3e-1111-4222-8333-444455556666"
}

# Of an instance that is not in this plan.
resource "aws_db_instance" "replica_elsewhere" {
  identifier                          = "copies-replica-elsewhere"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  replicate_source_db                 = "copies-elsewhere"
}

# Snapshots.
resource "aws_db_snapshot" "members" {
  db_snapshot_identifier = "copies-members"
  db_instance_identifier = aws_db_instance.members.identifier
}

resource "aws_db_snapshot" "legacy" {
  db_snapshot_identifier = "copies-legacy"
  db_instance_identifier = aws_db_instance.legacy.id
}

resource "aws_db_snapshot" "elsewhere" {
  db_snapshot_identifier = "copies-elsewhere"
  db_instance_identifier = "copies-elsewhere"
}

# Copies of snapshots: with a key they have that, without one the key of their source.
resource "aws_db_snapshot_copy" "members" {
  target_db_snapshot_identifier = "copies-copy-members"
  source_db_snapshot_identifier = aws_db_snapshot.members.db_snapshot_arn
}

resource "aws_db_snapshot_copy" "members_aws" {
  target_db_snapshot_identifier = "copies-copy-members-aws"
  source_db_snapshot_identifier = aws_db_snapshot.members.db_snapshot_arn
  kms_key_id                    = "alias/aws/rds"
}

resource "aws_db_snapshot_copy" "legacy" {
  target_db_snapshot_identifier = "copies-copy-legacy"
  source_db_snapshot_identifier = aws_db_snapshot.legacy.db_snapshot_arn
  kms_key_id                    = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_snapshot_copy" "elsewhere" {
  target_db_snapshot_identifier = "copies-copy-elsewhere"
  source_db_snapshot_identifier = "arn:aws:rds:eu-central-1:111122223333:snapshot:elsewhere"
}

# Restored from a snapshot, from a copy of one, and to a point in time.
resource "aws_db_instance" "restored" {
  identifier                          = "copies-restored"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = aws_db_snapshot.members.id
}

resource "aws_db_instance" "restored_legacy" {
  identifier                          = "copies-restored-legacy"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = aws_db_snapshot.legacy.id
  storage_encrypted                   = true
}

resource "aws_db_instance" "restored_copy" {
  identifier                          = "copies-restored-copy"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = aws_db_snapshot_copy.members_aws.target_db_snapshot_identifier
}

resource "aws_db_instance" "restored_elsewhere" {
  identifier                          = "copies-restored-elsewhere"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  snapshot_identifier                 = "copies-elsewhere"

  tags = {
    data-class = "pii"
  }
}

resource "aws_db_instance" "rewound" {
  identifier                          = "copies-rewound"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  restore_to_point_in_time {
    use_latest_restorable_time    = true
    source_db_instance_identifier = aws_db_instance.members.identifier
  }
}

resource "aws_db_instance" "rewound_by_id" {
  identifier                          = "copies-rewound-by-id"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  restore_to_point_in_time {
    use_latest_restorable_time = true
    source_dbi_resource_id     = aws_db_instance.members.resource_id
  }
}

resource "aws_db_instance" "rewound_elsewhere" {
  identifier                          = "copies-rewound-elsewhere"
  instance_class                      = "db.m6g.large"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  restore_to_point_in_time {
    use_latest_restorable_time = true
    source_dbi_resource_id     = "db-ABCDEFGHIJKLMNOP"
  }
}

# Amazon Aurora.
resource "aws_rds_cluster" "ledger" {
  cluster_identifier                  = "copies-ledger"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  master_username                     = "portal"
  master_password                     = "not-a-secret-only-a-test"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_rds_cluster" "ledger_replica" {
  cluster_identifier                  = "copies-ledger-replica"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  replication_source_identifier       = aws_rds_cluster.ledger.arn
}

resource "aws_db_cluster_snapshot" "ledger" {
  db_cluster_snapshot_identifier = "copies-ledger"
  db_cluster_identifier          = aws_rds_cluster.ledger.id
}

resource "aws_db_cluster_snapshot" "elsewhere" {
  db_cluster_snapshot_identifier = "copies-ledger-elsewhere"
  db_cluster_identifier          = "copies-cluster-elsewhere"
}

resource "aws_rds_cluster_snapshot_copy" "ledger" {
  target_db_cluster_snapshot_identifier = "copies-cluster-copy-ledger"
  source_db_cluster_snapshot_identifier = aws_db_cluster_snapshot.ledger.db_cluster_snapshot_arn
}

resource "aws_rds_cluster_snapshot_copy" "ledger_aws" {
  target_db_cluster_snapshot_identifier = "copies-cluster-copy-ledger-aws"
  source_db_cluster_snapshot_identifier = aws_db_cluster_snapshot.ledger.db_cluster_snapshot_arn
  kms_key_id                            = "alias/aws/rds"
}

resource "aws_rds_cluster_snapshot_copy" "elsewhere" {
  target_db_cluster_snapshot_identifier = "copies-cluster-copy-elsewhere"
  source_db_cluster_snapshot_identifier = "arn:aws:rds:eu-central-1:111122223333:cluster-snapshot:elsewhere"
}

resource "aws_rds_cluster" "ledger_restored" {
  cluster_identifier                  = "copies-ledger-restored"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  snapshot_identifier                 = aws_db_cluster_snapshot.ledger.id
}

resource "aws_rds_cluster" "ledger_rewound" {
  cluster_identifier                  = "copies-ledger-rewound"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  restore_to_point_in_time {
    use_latest_restorable_time = true
    source_cluster_identifier  = aws_rds_cluster.ledger.cluster_identifier
  }
}

resource "aws_rds_cluster" "ledger_rewound_by_id" {
  cluster_identifier                  = "copies-ledger-rewound-by-id"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  restore_to_point_in_time {
    use_latest_restorable_time = true
    source_cluster_resource_id = aws_rds_cluster.ledger.cluster_resource_id
  }
}

resource "aws_rds_cluster" "ledger_elsewhere" {
  cluster_identifier                  = "copies-ledger-elsewhere"
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  engine                              = "aurora-postgresql"
  snapshot_identifier                 = "copies-cluster-elsewhere"
}

# Amazon DocumentDB.
resource "aws_docdb_cluster" "letters" {
  cluster_identifier  = "copies-letters"
  skip_final_snapshot = true
  master_username     = "portal"
  master_password     = "not-a-secret-only-a-test"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_docdb_cluster_snapshot" "letters" {
  db_cluster_snapshot_identifier = "copies-letters"
  db_cluster_identifier          = aws_docdb_cluster.letters.id
}

resource "aws_docdb_cluster_snapshot" "elsewhere" {
  db_cluster_snapshot_identifier = "copies-letters-elsewhere"
  db_cluster_identifier          = "copies-docdb-elsewhere"
}

resource "aws_docdb_cluster" "letters_restored" {
  cluster_identifier  = "copies-letters-restored"
  skip_final_snapshot = true
  snapshot_identifier = aws_docdb_cluster_snapshot.letters.id
}

resource "aws_docdb_cluster" "letters_rewound" {
  cluster_identifier  = "copies-letters-rewound"
  skip_final_snapshot = true
  restore_to_point_in_time {
    use_latest_restorable_time = true
    restore_type               = "full-copy"
    source_cluster_identifier  = aws_docdb_cluster.letters.cluster_identifier
  }
}

resource "aws_docdb_cluster" "letters_elsewhere" {
  cluster_identifier  = "copies-letters-elsewhere"
  skip_final_snapshot = true
  snapshot_identifier = "copies-docdb-elsewhere"
}

resource "aws_docdb_cluster_instance" "letters_seen" {
  identifier                      = "copies-letters-seen"
  cluster_identifier              = aws_docdb_cluster.letters.id
  instance_class                  = "db.r6g.large"
  enable_performance_insights     = true
  performance_insights_kms_key_id = aws_kms_key.pii.arn
}

resource "aws_docdb_cluster_instance" "letters_unseen" {
  identifier                  = "copies-letters-unseen"
  cluster_identifier          = aws_docdb_cluster.letters.id
  instance_class              = "db.r6g.large"
  enable_performance_insights = true
}

# Amazon Neptune.
resource "aws_neptune_cluster" "friends" {
  cluster_identifier  = "copies-friends"
  skip_final_snapshot = true
  storage_encrypted   = true
  kms_key_arn         = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_neptune_cluster_snapshot" "friends" {
  db_cluster_snapshot_identifier = "copies-friends"
  db_cluster_identifier          = aws_neptune_cluster.friends.id
}

resource "aws_neptune_cluster_snapshot" "elsewhere" {
  db_cluster_snapshot_identifier = "copies-friends-elsewhere"
  db_cluster_identifier          = "copies-neptune-elsewhere"
}

resource "aws_neptune_cluster" "friends_restored" {
  cluster_identifier  = "copies-friends-restored"
  skip_final_snapshot = true
  snapshot_identifier = aws_neptune_cluster_snapshot.friends.id
}

resource "aws_neptune_cluster" "friends_elsewhere" {
  cluster_identifier  = "copies-friends-elsewhere"
  skip_final_snapshot = true
  snapshot_identifier = "copies-neptune-elsewhere"
}

# Amazon EBS.
resource "aws_ebs_volume" "index" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_snapshot" "index" {
  volume_id = aws_ebs_volume.index.id
}

resource "aws_ebs_snapshot" "scratch" {
  volume_id = aws_ebs_volume.scratch.id
}

resource "aws_ebs_snapshot" "elsewhere" {
  volume_id = "vol-0123456789abcdef0"
}

# An encrypted snapshot makes an encrypted volume, under the same key.
resource "aws_ebs_volume" "from_index" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = aws_ebs_snapshot.index.id
}

# Whether the key of the snapshot or the default key of the account counts, depends on whether the snapshot is encrypted.
resource "aws_ebs_volume" "from_index_encrypted" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = aws_ebs_snapshot.index.id
  encrypted         = true
}

# An unencrypted one leaves it to the account.
resource "aws_ebs_volume" "from_scratch" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = aws_ebs_snapshot.scratch.id
}

resource "aws_ebs_volume" "from_elsewhere" {
  availability_zone = "eu-central-1a"
  size              = 8
  snapshot_id       = "snap-0123456789abcdef0"
}

resource "aws_ebs_snapshot_copy" "index" {
  source_region      = "eu-central-1"
  source_snapshot_id = aws_ebs_snapshot.index.id
  encrypted          = true
  kms_key_id         = aws_kms_key.pii.arn
}

resource "aws_ebs_snapshot_copy" "index_aws" {
  source_region      = "eu-central-1"
  source_snapshot_id = aws_ebs_snapshot.index.id
  encrypted          = true
  kms_key_id         = "arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs"
}

resource "aws_ebs_snapshot_copy" "index_unset" {
  source_region      = "eu-central-1"
  source_snapshot_id = aws_ebs_snapshot.index.id
}

# Amazon DynamoDB.
resource "aws_dynamodb_table" "orders" {
  name         = "copies-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.pii.arn
  }

  tags = {
    data-class = "pii"
  }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "orders_restored" {
  name                     = "copies-orders-restored"
  billing_mode             = "PAY_PER_REQUEST"
  hash_key                 = "id"
  restore_source_table_arn = aws_dynamodb_table.orders.arn
  restore_to_latest_time   = true

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "orders_by_name" {
  name                   = "copies-orders-by-name"
  billing_mode           = "PAY_PER_REQUEST"
  hash_key               = "id"
  restore_source_name    = aws_dynamodb_table.orders.name
  restore_to_latest_time = true

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "orders_elsewhere" {
  name                   = "copies-orders-elsewhere"
  billing_mode           = "PAY_PER_REQUEST"
  hash_key               = "id"
  restore_source_name    = "copies-orders-elsewhere"
  restore_to_latest_time = true

  attribute {
    name = "id"
    type = "S"
  }
}
