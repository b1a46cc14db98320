# What is only assumed, and what nobody classifies, where the configuration is strict; and a type that it classifies.
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

# Audit logs, by assumption.
resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

# Nothing tells its category.
resource "aws_sns_topic" "events" {
  name = "events"
}

# Public by its type, in the configuration: what AWS does is enough.
resource "aws_sqs_queue" "news" {
  name = "news"
}

# A tag wins over the type.
resource "aws_sqs_queue" "orders" {
  name = "orders"

  tags = {
    data-class = "operational"
  }
}
