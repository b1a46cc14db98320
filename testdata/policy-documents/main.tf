# Key policies that are known only in parts: what is plain to see in them is judged, and what is not is undetermined.
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

variable "strict" {
  type    = bool
  default = true
}

locals {
  root = "arn:aws:iam::111122223333:root"
}

resource "aws_iam_role" "app" {
  name = "policy-documents-app"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "terraform_data" "late" {}

# An unknown principal beside a statement that is open to everyone.

data "aws_iam_policy_document" "partly_open" {
  statement {
    sid       = "App"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }

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

resource "aws_kms_key" "partly_open" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.partly_open.json
}

# Without line breaks it says the same.
resource "aws_kms_key" "minified" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.partly_open.minified_json
}

# The policy in a resource of its own.

resource "aws_kms_key" "separate" {
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "separate" {
  key_id = aws_kms_key.separate.id
  policy = data.aws_iam_policy_document.partly_open.json
}

# "*" and an unknown role in one list.

data "aws_iam_policy_document" "in_one_list" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn, "*"]
    }
  }
}

resource "aws_kms_key" "in_one_list" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.in_one_list.json
}

# Everyone but a role that is not there yet.

data "aws_iam_policy_document" "everyone_but" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    not_principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }
}

resource "aws_kms_key" "everyone_but" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.everyone_but.json
}

# Nothing is open in what can be seen, and a principal cannot be seen.

data "aws_iam_policy_document" "role" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  statement {
    sid       = "App"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }
}

resource "aws_kms_key" "role" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.role.json
}

# What is unknown does not matter: every principal is known.

data "aws_iam_policy_document" "closed" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  statement {
    sid       = "Queue"
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.app.arn]

    principals {
      type        = "Service"
      identifiers = ["sqs.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "closed" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.closed.json
}

# An unknown principal is kept out.

data "aws_iam_policy_document" "deny" {
  statement {
    effect    = "Deny"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.app.arn]
    }
  }
}

resource "aws_kms_key" "deny" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.deny.json
}

# Conditions that tie everyone to an account, to a role, and to nothing.

data "aws_iam_policy_document" "condition" {
  for_each = {
    account       = { operator = "StringEquals", key = "kms:CallerAccount", value = "111122223333" }
    any_account   = { operator = "StringLike", key = "kms:CallerAccount", value = "*" }
    role          = { operator = "ArnEquals", key = "aws:PrincipalArn", value = aws_iam_role.app.arn }
    some_operator = { operator = terraform_data.late.id, key = "kms:CallerAccount", value = "111122223333" }
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.app.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = each.value.operator
      variable = each.value.key
      values   = [each.value.value]
    }
  }
}

# Each document goes with the key of the same name.
resource "aws_kms_key" "condition" {
  for_each            = toset(["account", "any_account", "role", "some_operator"])
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.condition[each.key].json
}

# The values of two blocks with one operator and one key are alternatives: the second takes the first one's effect away.

data "aws_iam_policy_document" "two_blocks" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.app.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:PrincipalOrgID"
      values   = ["o-*"]
    }
  }
}

resource "aws_kms_key" "two_blocks" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.two_blocks.json
}

# How many statements there will be, nobody knows.

data "aws_iam_policy_document" "some_statements" {
  dynamic "statement" {
    for_each = terraform_data.late.id == "x" ? ["kms:Decrypt"] : []

    content {
      actions   = [statement.value]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = [local.root]
      }
    }
  }
}

resource "aws_kms_key" "some_statements" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.some_statements.json
}

# A text that only the apply tells.

resource "terraform_data" "policy" {
  input = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:*", Resource = "*" }] })
}

resource "aws_kms_key" "unknown_text" {
  enable_key_rotation = true
  policy              = terraform_data.policy.output
}

# Plan JSON does not hold what a function or a template is made of, but for its references.

resource "aws_kms_key" "encoded" {
  enable_key_rotation = true

  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = aws_iam_role.app.arn }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = "*", Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_kms_key" "template" {
  enable_key_rotation = true

  policy = <<-POLICY
    {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "${aws_iam_role.app.arn}"}, "Action": "kms:*", "Resource": "*"}]}
  POLICY
}

# Documents that are made of others.

data "aws_iam_policy_document" "open_app" {
  statement {
    sid       = "OpenApp"
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.app.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "nameless_open" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_iam_role.app.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "closed_known" {
  statement {
    sid       = "OpenApp"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }
}

data "aws_iam_policy_document" "made_of" {
  for_each = {
    # One deferred document.
    open   = { sources = [data.aws_iam_policy_document.open_app.json], overrides = [] }
    closed = { sources = [data.aws_iam_policy_document.closed.json], overrides = [] }
    # The open statement is replaced by one of the same name.
    overridden = { sources = [data.aws_iam_policy_document.open_app.json], overrides = [data.aws_iam_policy_document.closed_known.json] }
    # The other way round.
    opened = { sources = [data.aws_iam_policy_document.closed_known.json], overrides = [data.aws_iam_policy_document.open_app.json] }
  }

  source_policy_documents   = each.value.sources
  override_policy_documents = each.value.overrides
}

# The configuration does not tell which of the lists goes with which document.
resource "aws_kms_key" "made_of" {
  for_each            = toset(["open", "closed", "overridden", "opened"])
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.made_of[each.key].json
}

data "aws_iam_policy_document" "from_open" {
  source_policy_documents = [data.aws_iam_policy_document.open_app.json]

  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }
}

resource "aws_kms_key" "from_open" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.from_open.json
}

data "aws_iam_policy_document" "from_closed" {
  source_policy_documents = [data.aws_iam_policy_document.closed.json, data.aws_iam_policy_document.closed_known.json]
}

resource "aws_kms_key" "from_closed" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.from_closed.json
}

# One that is unknown beside one that is known: the unknown element is neither the known one nor null.
data "aws_iam_policy_document" "from_open_and_known" {
  source_policy_documents = [data.aws_iam_policy_document.closed_known.json, data.aws_iam_policy_document.nameless_open.json]
}

resource "aws_kms_key" "from_open_and_known" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.from_open_and_known.json
}

# Two that are unknown, in one list.
data "aws_iam_policy_document" "from_two" {
  source_policy_documents = [data.aws_iam_policy_document.closed.json, data.aws_iam_policy_document.open_app.json]
}

resource "aws_kms_key" "from_two" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.from_two.json
}

# A chain of three.
data "aws_iam_policy_document" "chain" {
  source_policy_documents = [data.aws_iam_policy_document.from_open.json]
}

resource "aws_kms_key" "chain" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.chain.json
}

data "aws_iam_policy_document" "overridden" {
  source_policy_documents   = [data.aws_iam_policy_document.open_app.json]
  override_policy_documents = [data.aws_iam_policy_document.closed_known.json]
}

resource "aws_kms_key" "overridden" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.overridden.json
}

# Its own statement replaces the source's.
data "aws_iam_policy_document" "own_override" {
  source_policy_documents = [data.aws_iam_policy_document.open_app.json]

  statement {
    sid       = "OpenApp"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }
}

resource "aws_kms_key" "own_override" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.own_override.json
}

data "aws_iam_policy_document" "opened" {
  source_policy_documents   = [data.aws_iam_policy_document.closed_known.json]
  override_policy_documents = [data.aws_iam_policy_document.open_app.json]
}

resource "aws_kms_key" "opened" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.opened.json
}

# A policy that cannot be seen may replace a statement by its name, and may add others.

data "aws_iam_policy_document" "perhaps_overridden" {
  source_policy_documents   = [data.aws_iam_policy_document.open_app.json]
  override_policy_documents = [terraform_data.policy.output]
}

resource "aws_kms_key" "perhaps_overridden" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.perhaps_overridden.json
}

data "aws_iam_policy_document" "nameless_stays" {
  source_policy_documents   = [data.aws_iam_policy_document.nameless_open.json]
  override_policy_documents = [terraform_data.policy.output]
}

resource "aws_kms_key" "nameless_stays" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.nameless_stays.json
}

data "aws_iam_policy_document" "more_statements" {
  source_policy_documents = [terraform_data.policy.output]

  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }
}

resource "aws_kms_key" "more_statements" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.more_statements.json
}

# One of two: what they have in common is certain.

resource "aws_kms_key" "either_closed" {
  enable_key_rotation = true
  policy              = var.strict ? data.aws_iam_policy_document.closed.json : data.aws_iam_policy_document.from_closed.json
}

resource "aws_kms_key" "either" {
  enable_key_rotation = true
  policy              = var.strict ? data.aws_iam_policy_document.closed.json : data.aws_iam_policy_document.open_app.json
}

# A condition may have chosen null, and then KMS's own policy holds.
resource "aws_kms_key" "open_or_null" {
  enable_key_rotation = true
  policy              = var.strict ? data.aws_iam_policy_document.open_app.json : null
}

# One that is there or not.

data "aws_iam_policy_document" "counted" {
  count = 1

  source_policy_documents = [data.aws_iam_policy_document.open_app.json]
}

resource "aws_kms_key" "counted" {
  enable_key_rotation = true
  policy              = one(data.aws_iam_policy_document.counted[*].json)
}

# Through a module.

module "document" {
  source    = "./modules/document"
  given     = data.aws_iam_policy_document.open_app.json
  principal = aws_iam_role.app.arn
}

resource "aws_kms_key" "from_module" {
  enable_key_rotation = true
  policy              = module.document.json
}

# The account is looked up during apply.

data "aws_caller_identity" "late" {
  depends_on = [terraform_data.late]
}

data "aws_iam_policy_document" "late_account" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.late.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "late_account" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.late_account.json
}

# All known: Terraform makes these while it plans. Here what the blocks say can be compared with what Terraform makes of them.

data "aws_iam_policy_document" "known_base" {
  policy_id = "base"

  statement {
    sid         = "Everything"
    not_actions = ["kms:ScheduleKeyDeletion", "kms:DisableKey"]
    resources   = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root, "arn:aws:iam::111122223333:role/admin"]
    }

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/other"]
    }

    principals {
      type        = "Service"
      identifiers = ["sqs.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5", "o-b1b2c3d4e5"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:PrincipalOrgID"
      values   = ["o-c1b2c3d4e5"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:userid"
      values   = ["&{aws:username}"]
    }
  }

  statement {
    sid           = "Outside"
    effect        = "Deny"
    actions       = ["kms:*"]
    not_resources = ["arn:aws:kms:eu-central-1:111122223333:key/&{aws:username}", "arn:aws:kms:eu-central-1:111122223333:alias/*"]

    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/&{aws:username}"]
    }
  }
}

data "aws_iam_policy_document" "known_merged" {
  source_policy_documents = [
    data.aws_iam_policy_document.known_base.json,
    jsonencode({ Statement = [{ Sid = "Lone", Effect = "Deny", Principal = "*", Action = "kms:*", Resource = "*" }] }),
  ]

  statement {
    sid       = "Outside"
    effect    = "Deny"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  statement {
    actions   = ["kms:ListAliases"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  override_policy_documents = [
    jsonencode({ Statement = [
      { Sid = "Lone", Effect = "Deny", Principal = { AWS = local.root }, Action = ["kms:Encrypt", "kms:Decrypt"], Resource = "*" },
      { Sid = "New", Effect = "Allow", Principal = { AWS = local.root }, Action = "kms:Verify", Resource = "*" },
    ] }),
    jsonencode({ Statement = [{ Sid = "New", Effect = "Allow", Principal = { AWS = local.root }, Action = "kms:Sign", Resource = "*" }] }),
  ]
}

resource "aws_kms_key" "known" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.known_merged.json
}
