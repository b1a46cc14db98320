# All of it holds personal data, by the configuration.
resource "aws_sns_topic" "contacts" {
  name              = "contacts"
  kms_master_key_id = "alias/aws/sns"
}

# The tag says less than the address.
resource "aws_sns_topic" "leads" {
  name              = "leads"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "public"
  }
}

# The tag says the same.
resource "aws_sns_topic" "members" {
  name              = "members"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/11111111-aaaa-4bbb-8ccc-111111111111"

  tags = {
    data-class = "pii"
  }
}

# Two patterns, two categories.
resource "aws_sns_topic" "press" {
  name              = "press"
  kms_master_key_id = "arn:aws:kms:eu-central-1:444455556666:key/11111111-aaaa-4bbb-8ccc-111111111111"
}
