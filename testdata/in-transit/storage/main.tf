# File transfers and gateways: protocols of DataSync locations, and SMB of Storage Gateway.
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
resource "terraform_data" "level" {
  input = "PRIVACY"
}

resource "aws_datasync_location_object_storage" "http" {
  agent_arns      = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  server_hostname = "objects.example.com"
  bucket_name     = "archive"
  server_protocol = "HTTP"
  server_port     = 80
}

# The provider writes `HTTPS`.
resource "aws_datasync_location_object_storage" "unset" {
  agent_arns      = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  server_hostname = "objects.example.com"
  bucket_name     = "archive"
}

resource "aws_datasync_location_hdfs" "unset" {
  agent_arns          = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  authentication_type = "SIMPLE"
  simple_user         = "transfer"

  name_node {
    hostname = "names.example.com"
    port     = 8020
  }
}

resource "aws_datasync_location_hdfs" "privacy" {
  agent_arns          = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  authentication_type = "SIMPLE"
  simple_user         = "transfer"

  name_node {
    hostname = "names.example.com"
    port     = 8020
  }

  qop_configuration {
    data_transfer_protection = "PRIVACY"
    rpc_protection           = "PRIVACY"
  }
}

# Nobody can change the data on the way, and everybody can read them.
resource "aws_datasync_location_hdfs" "integrity" {
  agent_arns          = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  authentication_type = "SIMPLE"
  simple_user         = "transfer"

  name_node {
    hostname = "names.example.com"
    port     = 8020
  }

  qop_configuration {
    data_transfer_protection = "INTEGRITY"
    rpc_protection           = "PRIVACY"
  }
}

# The other one takes the same value.
resource "aws_datasync_location_hdfs" "calls_disabled" {
  agent_arns          = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  authentication_type = "SIMPLE"
  simple_user         = "transfer"

  name_node {
    hostname = "names.example.com"
    port     = 8020
  }

  qop_configuration {
    rpc_protection = "DISABLED"
  }
}

resource "aws_datasync_location_hdfs" "told_later" {
  agent_arns          = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-11112222333344445"]
  authentication_type = "SIMPLE"
  simple_user         = "transfer"

  name_node {
    hostname = "names.example.com"
    port     = 8020
  }

  qop_configuration {
    data_transfer_protection = terraform_data.level.output
    rpc_protection           = "PRIVACY"
  }
}

resource "aws_storagegateway_gateway" "encrypted" {
  gateway_ip_address    = "192.0.2.10"
  gateway_name          = "encrypted"
  gateway_timezone      = "GMT"
  gateway_type          = "FILE_S3"
  smb_security_strategy = "MandatoryEncryption"
}

resource "aws_storagegateway_gateway" "signed" {
  gateway_ip_address    = "192.0.2.11"
  gateway_name          = "signed"
  gateway_timezone      = "GMT"
  gateway_type          = "FILE_S3"
  smb_security_strategy = "MandatorySigning"
}

resource "aws_storagegateway_gateway" "by_client" {
  gateway_ip_address    = "192.0.2.12"
  gateway_name          = "by-client"
  gateway_timezone      = "GMT"
  gateway_type          = "FILE_S3"
  smb_security_strategy = "ClientSpecified"
}

resource "aws_storagegateway_gateway" "unset" {
  gateway_ip_address = "192.0.2.13"
  gateway_name       = "unset"
  gateway_timezone   = "GMT"
  gateway_type       = "FILE_S3"
}

# Offers volumes, and no SMB.
resource "aws_storagegateway_gateway" "volumes" {
  gateway_ip_address = "192.0.2.14"
  gateway_name       = "volumes"
  gateway_timezone   = "GMT"
  gateway_type       = "CACHED"
}
