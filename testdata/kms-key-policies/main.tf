# Key policies that let everyone use the key, and look-alikes that do not.
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

variable "policy" {
  type    = string
  default = "{\"Statement\":[{\"Sid\":\"FromAVariable\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"
}

variable "hidden_policy" {
  type      = string
  sensitive = true
  default   = "{\"Statement\":[{\"Sid\":\"NotASecretOnlyATest\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"
}

variable "account_id" {
  type    = string
  default = "111122223333"
}

locals {
  root = "arn:aws:iam::111122223333:root"
  all  = { Effect = "Allow", Action = "kms:*", Resource = "*" }

  # One statement a key.
  open = {
    star            = { Principal = "*" }
    aws_star        = { Principal = { AWS = "*" } }
    in_a_list       = { Principal = { AWS = ["arn:aws:iam::111122223333:root", "*"] } }
    everyone_but    = { NotPrincipal = { AWS = "arn:aws:iam::111122223333:user/guest" } }
    over_tls        = { Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "true" } } }
    through_service = { Principal = "*", Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } } }
    any_org         = { Principal = "*", Condition = { StringLike = { "aws:PrincipalOrgID" = "*" } } }
    any_org_by_name = { Principal = "*", Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } } }
    any_account     = { Principal = "*", Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/*" } } }
    one_or_any_org  = { Principal = "*", Condition = { StringLike = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5", "*"] } } }
    # True of callers without an organisation, too.
    if_exists = { Principal = "*", Condition = { StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }
    for_all   = { Principal = "*", Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/r-ab12/" } } }
    other_org = { Principal = "*", Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }
    anywhere  = { Principal = "*", Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } } }
  }

  closed = {
    root          = { Principal = { AWS = "arn:aws:iam::111122223333:root" } }
    service       = { Principal = { Service = "logs.eu-central-1.amazonaws.com" } }
    deny          = { Effect = "Deny", Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    org           = { Principal = "*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }
    org_lower     = { Principal = "*", Condition = { StringEquals = { "aws:principalorgid" = "o-a1b2c3d4e5" } } }
    org_and_tls   = { Principal = "*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }, Bool = { "aws:SecureTransport" = "true" } } }
    org_unit      = { Principal = "*", Condition = { "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/*" } } }
    caller        = { Principal = { AWS = "*" }, Condition = { StringEquals = { "kms:CallerAccount" = "111122223333", "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } } }
    endpoint      = { Principal = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0123456789abcdef0" } } }
    network       = { Principal = "*", Condition = { IpAddress = { "aws:SourceIp" = ["198.51.100.0/24", "203.0.113.0/24"] } } }
    roles_of_ours = { Principal = "*", Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*" } } }
  }
}

resource "aws_kms_key" "open" {
  for_each            = local.open
  enable_key_rotation = true

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.all, { Sid = each.key }, each.value)]
  })
}

resource "aws_kms_key" "closed" {
  for_each            = local.closed
  enable_key_rotation = true

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.all, { Sid = each.key }, each.value)]
  })
}

# A statement that is no list, and one that is open behind one that is not.

resource "aws_kms_key" "lone_statement" {
  enable_key_rotation = true
  policy              = jsonencode({ Statement = merge(local.all, { Principal = "*" }) })
}

resource "aws_kms_key" "second_statement" {
  enable_key_rotation = true

  policy = jsonencode({
    Statement = [
      merge(local.all, { Principal = { AWS = local.root } }),
      merge(local.all, { Principal = "*" }),
    ]
  })
}

# Names of elements are the same in letters of either case.
resource "aws_kms_key" "lower_case" {
  enable_key_rotation = true

  policy = jsonencode({
    statement = [{ effect = "Allow", principal = { AWS = "*" }, action = "kms:*", resource = "*" }]
  })
}

# Nobody sets a policy: KMS's own gives the key to the account.

resource "aws_kms_key" "no_policy" {
  enable_key_rotation = true
}

resource "aws_kms_key" "null_policy" {
  enable_key_rotation = true
  policy              = null
}

# A policy in a resource of its own.

resource "aws_kms_key_policy" "open" {
  key_id = aws_kms_key.no_policy.id
  policy = jsonencode({ Statement = [merge(local.all, { Principal = "*" })] })
}

resource "aws_kms_key_policy" "closed" {
  key_id = aws_kms_key.null_policy.id
  policy = jsonencode({ Statement = [merge(local.all, { Principal = { AWS = local.root } })] })
}

# Other kinds of keys.

resource "aws_kms_external_key" "open" {
  deletion_window_in_days = 14
  policy                  = jsonencode({ Statement = [merge(local.all, { Principal = "*" })] })
}

resource "aws_kms_replica_key" "open" {
  deletion_window_in_days = 14
  primary_key_arn         = "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef"
  policy                  = jsonencode({ Statement = [merge(local.all, { Principal = "*" })] })
}

resource "aws_kms_replica_external_key" "closed" {
  deletion_window_in_days = 14
  primary_key_arn         = "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdee"
  policy                  = jsonencode({ Statement = [merge(local.all, { Principal = { AWS = local.root } })] })
}

# Written as a document, which Terraform makes while it plans.

data "aws_iam_policy_document" "open" {
  statement {
    sid       = "Everyone"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "closed" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "document_open" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.open.json
}

resource "aws_kms_key" "document_closed" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.closed.json
}

# Known only when the role is there.

resource "aws_iam_role" "app" {
  name = "key-policies-app"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_kms_key" "role_in_a_policy" {
  enable_key_rotation = true

  policy = jsonencode({
    Statement = [
      merge(local.all, { Principal = { AWS = "arn:aws:iam::${var.account_id}:root" } }),
      merge(local.all, { Principal = { AWS = aws_iam_role.app.arn } }),
    ]
  })
}

data "aws_iam_policy_document" "role" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }
}

resource "aws_kms_key_policy" "role_in_a_document" {
  key_id = aws_kms_key.document_closed.id
  policy = data.aws_iam_policy_document.role.json
}

# The policy that a variable holds is what an unknown expression seems to come to; what it is made into, nobody sees.
resource "aws_kms_key" "variable_and_role" {
  enable_key_rotation = true
  policy              = replace(var.policy, "*", aws_iam_role.app.arn)
}

# Through variables; what is sensitive is judged, and its text is not shown.

resource "aws_kms_key" "variable" {
  enable_key_rotation = true
  policy              = var.policy
}

resource "aws_kms_key" "sensitive" {
  enable_key_rotation = true
  policy              = var.hidden_policy
}
