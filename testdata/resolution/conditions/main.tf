# Expressions that choose: a plan lists what they mention, and not what they take.

variable "on" {
  type    = bool
  default = true
}

variable "given" {
  type    = string
  default = null
}

variable "class" {
  type    = string
  default = "financial"
}

resource "terraform_data" "flag" {
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_ebs_volume" "coalesce" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = coalesce(var.given, aws_kms_key.a.arn)
}

resource "aws_cloudwatch_log_group" "coalesce" {
  name       = "/coalesce"
  kms_key_id = coalesce(var.given, aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "chosen" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.on ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "dead" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.on ? null : aws_kms_key.a.arn
}

resource "aws_cloudwatch_log_group" "dead" {
  name       = "/dead"
  kms_key_id = var.on ? null : aws_kms_key.a.arn
}

resource "aws_ebs_volume" "either" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.on ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

resource "aws_cloudwatch_log_group" "either" {
  name       = "/either"
  kms_key_id = var.on ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

resource "aws_ebs_volume" "constant" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = true ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

resource "aws_ebs_volume" "constant_dead" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = false ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "compared" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.class == "pii" ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

resource "aws_ebs_volume" "lookup" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = lookup({ pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }, var.class, null)
}

resource "aws_ebs_volume" "member" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }[var.class]
}

resource "aws_ebs_volume" "literal_member" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }["pii"]
}

resource "aws_ebs_volume" "tried" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(var.given.arn, aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "later" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.flag.id == "x" ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

resource "aws_ebs_volume" "later_null" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.flag.id == "x" ? aws_kms_key.a.arn : null
}

resource "aws_ebs_volume" "later_same" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = terraform_data.flag.id == "x" ? aws_kms_key.a.arn : aws_kms_key.a.arn
}

resource "aws_ebs_volume" "built" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-central-1:444455556666:key/${aws_kms_key.a.key_id}"
}

resource "aws_ebs_volume" "twice" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.a.arn != "" ? aws_kms_key.a.arn : null
}
