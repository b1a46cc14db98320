# Keys with count: by number, by the consumer's own number, and through lists of all of them.

resource "aws_kms_key" "c" {
  count       = 2
  description = "c"
}

resource "aws_kms_key" "single" {
  count       = 1
  description = "single"
}

resource "aws_ebs_volume" "number" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.c[0].arn
}

resource "aws_ebs_volume" "count_index" {
  count             = 2
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.c[count.index].arn
}

resource "aws_ebs_volume" "splat" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = (aws_kms_key.c[*].arn)[1]
}

resource "aws_ebs_volume" "element" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = element(aws_kms_key.c[*].arn, 1)
}

resource "aws_ebs_volume" "last" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.c[length(aws_kms_key.c) - 1].arn
}

resource "aws_cloudwatch_log_group" "last" {
  name       = "/last"
  kms_key_id = aws_kms_key.c[length(aws_kms_key.c) - 1].arn
}

resource "aws_ebs_volume" "one" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = one(aws_kms_key.single[*].arn)
}

resource "aws_ebs_volume" "join" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = join("", aws_kms_key.single[*].arn)
}

resource "aws_ebs_volume" "first" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(aws_kms_key.single[0].arn, null)
}

resource "aws_ebs_volume" "swapped" {
  count             = 2
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.c[1 - count.index].arn
}
