# One key: made here, with material from elsewhere, or as the replica of one in another Region.
locals {
  create   = var.create && var.class != ""
  standard = local.create && var.kind == "standard"
  external = local.create && var.kind == "external"
  replica  = local.create && var.kind == "replica"

  # Any of the three; the others have no instances.
  key_id = try(aws_kms_key.this[0].key_id, aws_kms_external_key.this[0].id, aws_kms_replica_key.this[0].key_id, null)
  policy = try(coalesce(var.policy, one(data.aws_iam_policy_document.this[*].json)), null)

  statements = {
    account = { principals = ["arn:aws:iam::${var.account_id}:root"], actions = ["kms:*"] }
    users   = { principals = var.users, actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"] }
  }

  tags = merge(var.tags, { data-class = var.class })
}

data "aws_iam_policy_document" "this" {
  count = local.create && var.policy == null ? 1 : 0

  dynamic "statement" {
    for_each = { for name, statement in local.statements : name => statement if length(statement.principals) > 0 }

    content {
      sid       = title(statement.key)
      actions   = statement.value.actions
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = statement.value.principals
      }
    }
  }
}

resource "aws_kms_key" "this" {
  count = local.standard ? 1 : 0

  description             = coalesce(var.description, "data of class ${var.class}")
  enable_key_rotation     = var.rotate
  deletion_window_in_days = var.deletion_window_in_days
  multi_region            = var.multi_region
  policy                  = local.policy
  tags                    = local.tags
}

resource "aws_kms_external_key" "this" {
  count = local.external ? 1 : 0

  description             = coalesce(var.description, "data of class ${var.class}")
  deletion_window_in_days = var.deletion_window_in_days
  key_material_base64     = var.key_material
  multi_region            = var.multi_region
  policy                  = local.policy
  tags                    = local.tags
}

resource "aws_kms_replica_key" "this" {
  count = local.replica ? 1 : 0

  description             = coalesce(var.description, "data of class ${var.class}")
  deletion_window_in_days = var.deletion_window_in_days
  primary_key_arn         = var.primary_key_arn
  policy                  = local.policy
  tags                    = local.tags
}

resource "aws_kms_alias" "this" {
  for_each = { for alias in var.aliases : alias => "alias/${alias}" if local.create }

  name          = each.value
  target_key_id = local.key_id
}
