# MQ brokers, AppFlow flows and MWAA environments: always encrypted, under whose key.
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

resource "aws_mq_broker" "unset_operational" {
  broker_name                = "unset-operational"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_mq_broker" "unset_public" {
  broker_name                = "unset-public"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_mq_broker" "owned_pii" {
  broker_name                = "owned-pii"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = true
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "pii"
  }
}

# The flag is inverted.
resource "aws_mq_broker" "flag_operational" {
  broker_name                = "flag-operational"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = false
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_mq_broker" "flag_pii" {
  broker_name                = "flag-pii"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = false
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_mq_broker" "cmk_pii" {
  broker_name                = "cmk-pii"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.person.arn
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_mq_broker" "managed_operational" {
  broker_name                = "managed-operational"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:alias/aws/mq"
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_mq_broker" "outside_financial" {
  broker_name                = "outside-financial"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.t3.micro"
  auto_minor_version_upgrade = true

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  user {
    username = "example"
    password = "avoid-plaintext-passwords"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_appflow_flow" "unset_operational" {
  name = "unset-operational"

  source_flow_config {
    connector_type = "S3"

    source_connector_properties {
      s3 {
        bucket_name   = "source.example.com"
        bucket_prefix = "in"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "destination.example.com"
      }
    }
  }

  task {
    source_fields     = ["id"]
    destination_field = "id"
    task_type         = "Map"

    connector_operator {
      s3 = "NO_OP"
    }
  }

  trigger_config {
    trigger_type = "OnDemand"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_appflow_flow" "unset_pii" {
  name = "unset-pii"

  source_flow_config {
    connector_type = "S3"

    source_connector_properties {
      s3 {
        bucket_name   = "source.example.com"
        bucket_prefix = "in"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "destination.example.com"
      }
    }
  }

  task {
    source_fields     = ["id"]
    destination_field = "id"
    task_type         = "Map"

    connector_operator {
      s3 = "NO_OP"
    }
  }

  trigger_config {
    trigger_type = "OnDemand"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_appflow_flow" "cmk_pii" {
  name = "cmk-pii"

  source_flow_config {
    connector_type = "S3"

    source_connector_properties {
      s3 {
        bucket_name   = "source.example.com"
        bucket_prefix = "in"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "destination.example.com"
      }
    }
  }

  task {
    source_fields     = ["id"]
    destination_field = "id"
    task_type         = "Map"

    connector_operator {
      s3 = "NO_OP"
    }
  }

  trigger_config {
    trigger_type = "OnDemand"
  }
  kms_arn = aws_kms_key.person.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_appflow_flow" "managed_operational" {
  name = "managed-operational"

  source_flow_config {
    connector_type = "S3"

    source_connector_properties {
      s3 {
        bucket_name   = "source.example.com"
        bucket_prefix = "in"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "destination.example.com"
      }
    }
  }

  task {
    source_fields     = ["id"]
    destination_field = "id"
    task_type         = "Map"

    connector_operator {
      s3 = "NO_OP"
    }
  }

  trigger_config {
    trigger_type = "OnDemand"
  }
  kms_arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/appflow"

  tags = {
    data-class = "operational"
  }
}

resource "aws_appflow_flow" "outside_financial" {
  name = "outside-financial"

  source_flow_config {
    connector_type = "S3"

    source_connector_properties {
      s3 {
        bucket_name   = "source.example.com"
        bucket_prefix = "in"
      }
    }
  }

  destination_flow_config {
    connector_type = "S3"

    destination_connector_properties {
      s3 {
        bucket_name = "destination.example.com"
      }
    }
  }

  task {
    source_fields     = ["id"]
    destination_field = "id"
    task_type         = "Map"

    connector_operator {
      s3 = "NO_OP"
    }
  }

  trigger_config {
    trigger_type = "OnDemand"
  }
  kms_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

# The provider's documentation and the API's do not agree on what holds without a key.
resource "aws_mwaa_environment" "unset_operational" {
  name               = "unset-operational"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_mwaa_environment" "unset_public" {
  name               = "unset-public"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_mwaa_environment" "unset_pii" {
  name               = "unset-pii"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_mwaa_environment" "cmk_pii" {
  name               = "cmk-pii"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"
  kms_key            = aws_kms_key.person.arn

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_mwaa_environment" "managed_operational" {
  name               = "managed-operational"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"
  kms_key            = "arn:aws:kms:eu-central-1:111122223333:alias/aws/airflow"

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_mwaa_environment" "outside_financial" {
  name               = "outside-financial"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/airflow"
  source_bucket_arn  = "arn:aws:s3:::dags.example.com"
  kms_key            = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  network_configuration {
    security_group_ids = ["sg-11111111"]
    subnet_ids         = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "financial"
  }
}
