# The encryption strategy kept, in the style of modules from a registry: locals, guards, dynamic blocks and maps everywhere.
locals {
  create = var.create && var.name != ""
  tags   = { application = var.name }

  keys = merge(
    {
      for class, alias in { pii = "cmk-pii", financial = "cmk-financial", audit-logs = "cmk-logs", operational = "cmk-general" } :
      class => { aliases = [alias], multi_region = contains(["financial"], class) }
    },
    { secrets = { class = "operational" } },
    var.keys,
  )

  key_arns = { for name, arn in module.keys.arns : name => coalesce(var.shared_key_arn, arn) }

  databases = {
    members = { class = "pii", insights = { enabled = true } }
    catalog = { class = "operational", insights = {} }
  }

  replicas = { for region, key in { (var.replica_region) = module.replica_key.arn } : region => { kms_key_arn = key } if local.create }
}

module "keys" {
  source = "./modules/key-ring"

  create     = local.create
  account_id = var.account_id
  keys       = local.keys
}

# The key of the table's replica, in its Region.
module "replica_key" {
  source    = "./modules/kms"
  providers = { aws = aws.replica }

  kind            = "replica"
  account_id      = var.account_id
  class           = "financial"
  aliases         = ["cmk-financial"]
  primary_key_arn = try(module.keys.keys["financial"].arn, null)
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = { for name, bucket in var.buckets : name => bucket if local.create }

  name  = "${var.name}-${each.key}.example.com"
  class = each.value.class
  encryption = {
    algorithm = each.value.algorithm
    key_arn   = lookup(local.key_arns, each.value.class, null)
  }
}

module "database" {
  source   = "./modules/database"
  for_each = local.databases

  create             = local.create
  name               = "${var.name}-${each.key}"
  class              = each.value.class
  kms_key_arn        = local.key_arns[each.value.class]
  log_kms_key_arn    = local.key_arns["audit-logs"]
  secret_kms_key_arn = local.key_arns.secrets
  insights           = each.value.insights
}

module "orders" {
  source = "./modules/queue"

  name        = "${var.name}-orders"
  class       = "financial"
  account_id  = var.account_id
  region      = var.region
  kms_key_arn = try(local.key_arns["financial"], null)
  topic       = true
  settings    = { dead = { retention = 1209600 } }
}

# With a key of its own.
module "mails" {
  source = "./modules/queue"

  name       = "${var.name}-mails"
  class      = "pii"
  account_id = var.account_id
  region     = var.region
  own_key    = true
}

resource "aws_dynamodb_table" "payments" {
  count = local.create ? 1 : 0

  name             = "${var.name}-payments"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = length(local.replicas) > 0
  stream_view_type = length(local.replicas) > 0 ? "NEW_AND_OLD_IMAGES" : null

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "server_side_encryption" {
    for_each = var.encrypt_tables ? [local.key_arns["financial"]] : []

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  dynamic "replica" {
    for_each = local.replicas

    content {
      region_name = replica.key
      kms_key_arn = replica.value.kms_key_arn
    }
  }

  tags = { data-class = "financial" }
}

resource "aws_ebs_volume" "this" {
  for_each = { for disk in var.disks : disk.name => disk if local.create }

  availability_zone = "${var.region}a"
  size              = each.value.size
  encrypted         = true
  kms_key_id        = element([for name, arn in local.key_arns : arn if name == each.value.class], 0)

  tags = merge(local.tags, { data-class = each.value.class })
}

resource "aws_ebs_encryption_by_default" "this" {
  count = local.create ? 1 : 0
}

resource "aws_ebs_default_kms_key" "this" {
  count = length(aws_ebs_encryption_by_default.this)

  key_arn = local.key_arns["operational"]
}

resource "aws_secretsmanager_secret" "this" {
  for_each = toset(local.create ? ["mailer", "payments"] : [])

  name       = "${var.name}/${each.value}"
  kms_key_id = module.keys.keys["secrets"].id

  tags = { data-class = "operational" }
}
