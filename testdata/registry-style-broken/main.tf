# The modules of registry-style, used so that some stores end up without the right key: what the references name is not
# what the expressions take.
locals {
  create = var.name != ""
  tags   = { application = var.name }

  keys = { for class in ["pii", "financial", "operational"] : class => { aliases = ["cmk-${class}"] } }

  # `general` is the key of no sensitive category.
  key_by_name = merge(module.keys.arns, { general = lookup(module.keys.arns, "operational", null) })

  own_keys = local.create && !var.default_keys
}

module "keys" {
  source = "../registry-style/modules/key-ring"

  create     = local.create
  account_id = var.account_id
  keys       = local.keys
}

# `invoices` asks for the general key; `exports` comes without any encryption configuration.
module "bucket" {
  source   = "../registry-style/modules/bucket"
  for_each = var.buckets

  name       = "${var.name}-${each.key}.example.com"
  class      = each.value.class
  encryption = each.value.encrypted ? { key_arn = local.key_by_name[coalesce(each.value.key, each.value.class)] } : null
}

# The dead branch is the one with the key.
module "members" {
  source = "../registry-style/modules/database"

  name               = "${var.name}-members"
  class              = "pii"
  kms_key_arn        = local.own_keys ? local.key_by_name["pii"] : null
  log_exports        = []
  secret_kms_key_arn = local.key_by_name.operational
}

# The same for a key that is no local value.
module "orders" {
  source = "../registry-style/modules/queue"

  name        = "${var.name}-orders"
  class       = "financial"
  account_id  = var.account_id
  kms_key_arn = var.default_keys ? null : module.keys.arns["financial"]
}

# `payments` gets no block at all.
resource "aws_dynamodb_table" "this" {
  for_each = var.tables

  name         = "${var.name}-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "server_side_encryption" {
    for_each = { for class, arn in local.key_by_name : class => arn if class == each.value.class && each.value.encrypted }

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  tags = { data-class = each.value.class }
}

# Compliant, beside the others.
resource "aws_ebs_encryption_by_default" "this" {
}

resource "aws_ebs_volume" "this" {
  for_each = toset([for class in keys(local.keys) : class if class != "operational"])

  availability_zone = "${var.region}a"
  size              = 20
  encrypted         = true
  kms_key_id        = try(local.key_by_name[each.key], null)

  tags = merge(local.tags, { data-class = each.value })
}
