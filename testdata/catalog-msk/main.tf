# Kafka clusters: only the key is a choice.
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

resource "aws_msk_cluster" "unset" {
  cluster_name           = "unset"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_msk_cluster" "unset_operational" {
  cluster_name           = "unset-operational"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  tags = {
    data-class = "operational"
  }
}

# The block is there, and says nothing about the key.
resource "aws_msk_cluster" "transit_only" {
  cluster_name           = "transit-only"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
    }
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_msk_cluster" "own_key" {
  cluster_name           = "own-key"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_msk_cluster" "own_key_elsewhere" {
  cluster_name           = "own-key-elsewhere"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_msk_cluster" "wrong_key" {
  cluster_name           = "wrong-key"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_msk_cluster" "untagged" {
  cluster_name           = "untagged"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }
}

# Settings hold nothing.
resource "aws_msk_configuration" "example" {
  name              = "example"
  server_properties = "auto.create.topics.enable = false"
}
