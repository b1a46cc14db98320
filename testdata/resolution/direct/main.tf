# One reference to one key, whatever is made of it: all of these look alike in a plan.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.a.arn
}

resource "aws_ebs_volume" "interpolated" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.a.arn
}

resource "aws_ebs_volume" "formatted" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = format("%s", aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(aws_kms_key.a.arn, null)
}

resource "aws_ebs_volume" "nonsensitive" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = nonsensitive(aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "parentheses" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = (aws_kms_key.a).arn
}

resource "aws_sns_topic" "id" {
  name              = "id"
  kms_master_key_id = aws_kms_key.a.id
}

resource "aws_sns_topic" "key_id" {
  name              = "key-id"
  kms_master_key_id = aws_kms_key.a.key_id
}

resource "aws_cloudwatch_log_group" "plain" {
  name       = "/plain"
  kms_key_id = aws_kms_key.a.arn
}
