# Values of root variables: a plan shows them as they were passed, before they are converted to their type.

variable "nothing" {
  type    = string
  default = null
}

variable "literal" {
  type    = string
  default = "arn:aws:kms:eu-central-1:444455556666:key/11111111-2222-4333-8444-555555555555"
}

# Passed as the text "true".
variable "own_key" {
  type    = bool
  default = false
}

# Passed with an attribute too many and without the optional one.
variable "settings" {
  type = object({ name = string, kms = optional(string), class = optional(string, "pii") })
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_ebs_volume" "nothing" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.nothing
}

resource "aws_ebs_volume" "literal" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.literal
}

resource "aws_ebs_volume" "own" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.own_key ? aws_kms_key.a.arn : var.nothing
}

resource "aws_ebs_volume" "optional" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = var.settings.kms
}

resource "aws_ebs_volume" "coalesced" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = coalesce(var.settings.kms, aws_kms_key.a.arn)
}

resource "aws_ebs_volume" "default" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }[var.settings.class]
}
