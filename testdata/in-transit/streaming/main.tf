# SNS subscriptions and delivery streams: where they deliver to, and by which protocol.
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
resource "terraform_data" "url" {
  input = "https://hooks.example.com/stream"
}

resource "aws_sns_topic_subscription" "http" {
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:orders"
  protocol  = "http"
  endpoint  = "http://hooks.example.com/orders"
}

resource "aws_sns_topic_subscription" "https" {
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:orders"
  protocol  = "https"
  endpoint  = "https://hooks.example.com/orders"
}

resource "aws_sns_topic_subscription" "queue" {
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:orders"
  protocol  = "sqs"
  endpoint  = "arn:aws:sqs:eu-central-1:111122223333:orders"
}

# Mail is as safe as the servers on its way; no subscription can ask for more.
resource "aws_sns_topic_subscription" "mail" {
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:orders"
  protocol  = "email"
  endpoint  = "orders@example.com"
}

# The provider accepts no other URL for such a destination.
resource "aws_kinesis_firehose_delivery_stream" "https" {
  name        = "https"
  destination = "http_endpoint"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  http_endpoint_configuration {
    url      = "https://hooks.example.com/stream"
    role_arn = "arn:aws:iam::111122223333:role/delivery"

    s3_configuration {
      role_arn    = "arn:aws:iam::111122223333:role/delivery"
      bucket_arn  = "arn:aws:s3:::failed.example.com"
      kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "splunk_http" {
  name        = "splunk-http"
  destination = "splunk"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  splunk_configuration {
    hec_endpoint = "http://splunk.example.com:8088"
    hec_token    = "00000000-0000-0000-0000-000000000000"

    s3_configuration {
      role_arn    = "arn:aws:iam::111122223333:role/delivery"
      bucket_arn  = "arn:aws:s3:::failed.example.com"
      kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "splunk_https" {
  name        = "splunk-https"
  destination = "splunk"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  splunk_configuration {
    hec_endpoint = "https://splunk.example.com:8088"
    hec_token    = "00000000-0000-0000-0000-000000000000"

    s3_configuration {
      role_arn    = "arn:aws:iam::111122223333:role/delivery"
      bucket_arn  = "arn:aws:s3:::failed.example.com"
      kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "told_later" {
  name        = "told-later"
  destination = "splunk"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  splunk_configuration {
    hec_endpoint = terraform_data.url.output
    hec_token    = "00000000-0000-0000-0000-000000000000"

    s3_configuration {
      role_arn    = "arn:aws:iam::111122223333:role/delivery"
      bucket_arn  = "arn:aws:s3:::failed.example.com"
      kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  tags = {
    data-class = "operational"
  }
}
