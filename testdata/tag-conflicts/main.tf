# Tags that disagree about what a store holds, and ones that only look so.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# The preferred tag key says public, the other one pii: the stricter counts.
resource "aws_s3_bucket" "two_minds" {
  bucket = "two-minds.example.com"

  tags = {
    data-class = "public"
    DataClass  = "pii"
  }
}

# Equally strict, and still not the same.
resource "aws_sns_topic" "equals" {
  name              = "equals"
  kms_master_key_id = "arn:aws:kms:eu-central-1:111122223333:key/0f0f0f0f-1111-4222-8333-444455556666"

  tags = {
    data-class          = "financial"
    data-classification = "health"
  }
}

# Two tags that say the same thing in other words.
resource "aws_s3_bucket" "of_one_mind" {
  bucket = "of-one-mind.example.com"

  tags = {
    data-class = "public"
    DataClass  = "Public-Assets"
  }
}

# A tag that names no category, beside one that does.
resource "aws_s3_bucket" "other_words" {
  bucket = "other-words.example.com"

  tags = {
    data-class          = "public"
    data-classification = "tier-3"
  }
}

# A tag that names no category, alone: nobody can tell what it means.
resource "aws_s3_bucket" "misspelt" {
  bucket = "misspelt.example.com"

  tags = {
    data-class = "ppi"
  }
}
