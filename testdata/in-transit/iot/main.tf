# AWS IoT Core: the TLS policies of endpoints, and rules that write to Kafka.
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
resource "terraform_data" "policy" {
  input = "IoTSecurityPolicy_TLS13_1_2_2022_10"
}

resource "aws_iot_domain_configuration" "unset" {
  name = "unset"
}

resource "aws_iot_domain_configuration" "newest" {
  name = "newest"

  tls_config {
    security_policy = "IoTSecurityPolicy_TLS13_1_3_2022_10"
  }
}

# TLS 1.2 in spite of its name.
resource "aws_iot_domain_configuration" "superseded" {
  name = "superseded"

  tls_config {
    security_policy = "IoTSecurityPolicy_TLS12_1_0_2016_01"
  }
}

# The provider takes any text.
resource "aws_iot_domain_configuration" "no_such_policy" {
  name = "no-such-policy"

  tls_config {
    security_policy = "ELBSecurityPolicy-2016-08"
  }
}

resource "aws_iot_domain_configuration" "told_later" {
  name = "told-later"

  tls_config {
    security_policy = terraform_data.policy.output
  }
}

resource "aws_iot_topic_rule" "kafka_plain" {
  name        = "kafka_plain"
  enabled     = true
  sql         = "SELECT * FROM 'readings'"
  sql_version = "2016-03-23"

  kafka {
    destination_arn = "arn:aws:iot:eu-central-1:111122223333:ruledestination/vpc/example"
    topic           = "readings"
    client_properties = {
      "bootstrap.servers" = "kafka.example.com:9092"
      "security.protocol" = "PLAINTEXT"
    }
  }
}

resource "aws_iot_topic_rule" "kafka_tls" {
  name        = "kafka_tls"
  enabled     = true
  sql         = "SELECT * FROM 'readings'"
  sql_version = "2016-03-23"

  kafka {
    destination_arn = "arn:aws:iot:eu-central-1:111122223333:ruledestination/vpc/example"
    topic           = "readings"
    client_properties = {
      "bootstrap.servers" = "kafka.example.com:9094"
      "security.protocol" = "SASL_SSL"
    }
  }
}

# A rule that cannot do what it should writes here.
resource "aws_iot_topic_rule" "errors_plain" {
  name        = "errors_plain"
  enabled     = true
  sql         = "SELECT * FROM 'readings'"
  sql_version = "2016-03-23"

  lambda {
    function_arn = "arn:aws:lambda:eu-central-1:111122223333:function:readings"
  }

  error_action {
    kafka {
      destination_arn = "arn:aws:iot:eu-central-1:111122223333:ruledestination/vpc/example"
      topic           = "errors"
      client_properties = {
        "bootstrap.servers" = "kafka.example.com:9092"
        "security.protocol" = "SASL_PLAINTEXT"
      }
    }
  }
}
