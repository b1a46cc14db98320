# One tag that is unknown hides all tags of a plan, also the data class.

variable "class" {
  type    = string
  default = "financial"
}

locals {
  common = { data-class = "health", team = "example" }
}

resource "terraform_data" "owner" {
}

provider "aws" {
  alias                       = "defaults"
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      data-class = "audit-logs"
    }
  }
}

resource "aws_s3_bucket" "known" {
  bucket = "known.example.com"
  tags   = { data-class = "pii", owner = "team" }
}

resource "aws_s3_bucket" "literal" {
  bucket = "literal.example.com"
  tags   = { data-class = "pii", owner = terraform_data.owner.id }
}

resource "aws_s3_bucket" "variable" {
  bucket = "variable.example.com"
  tags   = { data-class = var.class, owner = terraform_data.owner.id }
}

resource "aws_s3_bucket" "merged" {
  bucket = "merged.example.com"
  tags   = merge(local.common, { owner = terraform_data.owner.id })
}

resource "aws_s3_bucket" "default" {
  provider = aws.defaults
  bucket   = "default.example.com"
  tags     = { owner = terraform_data.owner.id }
}

resource "aws_s3_bucket" "overridden" {
  provider = aws.defaults
  bucket   = "overridden.example.com"
  tags     = { data-class = "public", owner = terraform_data.owner.id }
}

resource "aws_s3_bucket" "unclassified" {
  bucket = "unclassified.example.com"
  tags   = { owner = terraform_data.owner.id }
}

resource "aws_s3_bucket" "later" {
  bucket = "later.example.com"
  tags   = { data-class = terraform_data.owner.id }
}
