# Redirects of S3 websites, whose own endpoints speak HTTP only.
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
resource "terraform_data" "host" {
  input = "www.example.com"
}

resource "aws_s3_bucket_website_configuration" "to_https" {
  bucket = "to-https.example.com"

  redirect_all_requests_to {
    host_name = "www.example.com"
    protocol  = "https"
  }
}

resource "aws_s3_bucket_website_configuration" "to_http" {
  bucket = "to-http.example.com"

  redirect_all_requests_to {
    host_name = "www.example.com"
    protocol  = "http"
  }
}

# The request came in by HTTP, and goes on so.
resource "aws_s3_bucket_website_configuration" "to_the_same" {
  bucket = "to-the-same.example.com"

  redirect_all_requests_to {
    host_name = "www.example.com"
  }
}

resource "aws_s3_bucket_website_configuration" "told_later" {
  bucket = "told-later.example.com"

  redirect_all_requests_to {
    host_name = "www.example.com"
    protocol  = terraform_data.host.output == "www.example.com" ? "https" : "http"
  }
}

# No other host: the reader stays where he is.
resource "aws_s3_bucket_website_configuration" "moved_folder" {
  bucket = "moved-folder.example.com"

  index_document {
    suffix = "index.html"
  }

  routing_rule {
    condition {
      key_prefix_equals = "docs/"
    }
    redirect {
      replace_key_prefix_with = "documents/"
    }
  }
}

resource "aws_s3_bucket_website_configuration" "rule_to_http" {
  bucket = "rule-to-http.example.com"

  index_document {
    suffix = "index.html"
  }

  routing_rule {
    condition {
      key_prefix_equals = "docs/"
    }
    redirect {
      host_name = "docs.example.com"
      protocol  = "http"
    }
  }
  routing_rule {
    condition {
      key_prefix_equals = "help/"
    }
    redirect {
      host_name = "help.example.com"
      protocol  = "https"
    }
  }
}

# The rules as a document.
resource "aws_s3_bucket_website_configuration" "json_to_http" {
  bucket = "json-to-http.example.com"

  index_document {
    suffix = "index.html"
  }

  routing_rules = jsonencode([{
    Condition = { KeyPrefixEquals = "docs/" }
    Redirect  = { HostName = "docs.example.com", Protocol = "http" }
  }])
}

resource "aws_s3_bucket_website_configuration" "pages" {
  bucket = "pages.example.com"

  index_document {
    suffix = "index.html"
  }
}
