# A key for each class of data.
locals {
  keys = {
    for name, key in var.keys : name => merge(key, {
      class   = coalesce(key.class, name)
      aliases = coalesce(key.aliases, ["cmk-${name}"])
    }) if var.create && key.enabled
  }
}

module "key" {
  source   = "../kms"
  for_each = local.keys

  account_id   = var.account_id
  class        = each.value.class
  aliases      = each.value.aliases
  multi_region = each.value.multi_region
  rotate       = lookup(each.value, "rotate", true)
  users        = each.value.users
  tags         = merge(var.tags, { Name = each.key })
}
