# Keys and consumers with for_each: which key an instance gets.

resource "aws_kms_key" "k" {
  for_each    = toset(["pii", "financial"])
  description = each.key
}

module "store" {
  source = "./modules/store"
  for_each = {
    people = aws_kms_key.k["pii"].arn
    money  = aws_kms_key.k["financial"].arn
  }
  kms = each.value
}

resource "aws_ebs_volume" "literal_key" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["pii"].arn
}

resource "aws_ebs_volume" "each_key" {
  for_each          = toset(["pii", "financial"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k[each.key].arn
}

resource "aws_ebs_volume" "each_of_keys" {
  for_each          = aws_kms_key.k
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value.arn
}

resource "aws_ebs_volume" "map_of_objects" {
  for_each = {
    people = { kms = aws_kms_key.k["pii"].arn, size = 8 }
    money  = { kms = aws_kms_key.k["financial"].arn, size = 16 }
  }
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value.kms
}

resource "aws_ebs_volume" "map_of_classes" {
  for_each          = { people = "pii", money = "financial" }
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k[each.value].arn
}

resource "aws_ebs_volume" "set_value" {
  for_each          = toset(["pii", "financial"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k[each.value].arn
}

resource "aws_ebs_volume" "built_map" {
  for_each          = { for class, key in aws_kms_key.k : "store-${class}" => key.arn }
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = each.value
}

resource "aws_ebs_volume" "member_by_key" {
  for_each          = toset(["people", "money"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = { people = aws_kms_key.k["pii"].arn, money = aws_kms_key.k["financial"].arn }[each.key]
}
