# Personal data, by the configuration.
resource "aws_sns_topic" "contacts" {
  name              = "contacts"
  kms_master_key_id = "alias/aws/sns"
}

# A category of its own goes with it.
resource "aws_sns_topic" "leads" {
  name              = "leads"
  kms_master_key_id = "alias/aws/sns"

  tags = {
    data-class = "pii"
  }
}
