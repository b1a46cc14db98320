# Analytics: connections of Glue and QuickSight, and what the machines of one job send each other.
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

# Known only after apply.
resource "terraform_data" "flag" {
  input = "true"
}

resource "aws_glue_connection" "jdbc_enforced" {
  name = "jdbc-enforced"

  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db.example.com:5432/orders"
    JDBC_ENFORCE_SSL    = "True"
    SECRET_ID           = "orders"
  }
}

resource "aws_glue_connection" "jdbc_off" {
  name = "jdbc-off"

  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db.example.com:5432/orders"
    JDBC_ENFORCE_SSL    = "false"
    SECRET_ID           = "orders"
  }
}

resource "aws_glue_connection" "jdbc_unset" {
  name = "jdbc-unset"

  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db.example.com:5432/orders"
    SECRET_ID           = "orders"
  }
}

resource "aws_glue_connection" "jdbc_told_later" {
  name = "jdbc-told-later"

  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://db.example.com:5432/orders"
    JDBC_ENFORCE_SSL    = terraform_data.flag.output
    SECRET_ID           = "orders"
  }
}

# A way into a network, and no connection to anything.
resource "aws_glue_connection" "network" {
  name            = "network"
  connection_type = "NETWORK"
}

resource "aws_glue_connection" "kafka_unset" {
  name            = "kafka-unset"
  connection_type = "KAFKA"

  connection_properties = {
    KAFKA_BOOTSTRAP_SERVERS = "kafka.example.com:9094"
  }
}

resource "aws_glue_connection" "kafka_off" {
  name            = "kafka-off"
  connection_type = "KAFKA"

  connection_properties = {
    KAFKA_BOOTSTRAP_SERVERS = "kafka.example.com:9092"
    KAFKA_SSL_ENABLED       = "false"
  }
}

resource "aws_quicksight_data_source" "plain" {
  data_source_id = "plain"
  name           = "plain"
  aws_account_id = "111122223333"
  type           = "POSTGRESQL"

  parameters {
    postgresql {
      database = "orders"
      host     = "db.example.com"
      port     = 5432
    }
  }

  ssl_properties {
    disable_ssl = true
  }
}

resource "aws_quicksight_data_source" "tls" {
  data_source_id = "tls"
  name           = "tls"
  aws_account_id = "111122223333"
  type           = "POSTGRESQL"

  parameters {
    postgresql {
      database = "orders"
      host     = "db.example.com"
      port     = 5432
    }
  }

  ssl_properties {
    disable_ssl = false
  }
}

resource "aws_quicksight_data_source" "unset" {
  data_source_id = "unset"
  name           = "unset"
  aws_account_id = "111122223333"
  type           = "POSTGRESQL"

  parameters {
    postgresql {
      database = "orders"
      host     = "db.example.com"
      port     = 5432
    }
  }
}

resource "aws_sagemaker_data_quality_job_definition" "encrypted" {
  name     = "encrypted"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/monitor:1"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    monitoring_outputs {
      s3_output {
        s3_uri = "s3://monitoring.example.com/quality"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 2
      instance_type     = "ml.m5.large"
      volume_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_data_quality_job_definition" "no_block" {
  name     = "no-block"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/monitor:1"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    monitoring_outputs {
      s3_output {
        s3_uri = "s3://monitoring.example.com/quality"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 2
      instance_type     = "ml.m5.large"
      volume_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      volume_size_in_gb = 20
    }
  }

  tags = {
    data-class = "operational"
  }
}

# One machine has nobody to talk to.
resource "aws_sagemaker_data_quality_job_definition" "one_instance" {
  name     = "one-instance"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/monitor:1"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    monitoring_outputs {
      s3_output {
        s3_uri = "s3://monitoring.example.com/quality"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = false
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_emr_security_configuration" "encrypted" {
  name = "encrypted"

  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = false
      EnableInTransitEncryption = true
      InTransitEncryptionConfiguration = {
        TLSCertificateConfiguration = {
          CertificateProviderType = "PEM"
          S3Object                = "s3://certificates.example.com/emr.zip"
        }
      }
    }
  })
}

resource "aws_emr_security_configuration" "off" {
  name = "off"

  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = false
      EnableInTransitEncryption = false
    }
  })
}

# Authentication alone.
resource "aws_emr_security_configuration" "no_encryption" {
  name = "no-encryption"

  configuration = jsonencode({
    AuthenticationConfiguration = {
      KerberosConfiguration = {
        Provider                         = "ClusterDedicatedKdc"
        ClusterDedicatedKdcConfiguration = { TicketLifetimeInHours = 24 }
      }
    }
  })
}

resource "aws_emr_cluster" "with_configuration" {
  name                   = "with-configuration"
  release_label          = "emr-7.8.0"
  service_role           = "arn:aws:iam::111122223333:role/emr"
  security_configuration = aws_emr_security_configuration.encrypted.name

  master_instance_group {
    instance_type = "m5.xlarge"
  }
}

resource "aws_emr_cluster" "without" {
  name          = "without"
  release_label = "emr-7.8.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  master_instance_group {
    instance_type = "m5.xlarge"
  }
}
