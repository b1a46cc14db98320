# Instance keys that hold what addresses are made of.

resource "aws_kms_key" "k" {
  for_each    = toset(["x.y", "d\"q\"", "b[0]", "$${x}", "module.z"])
  description = each.key
}

module "m" {
  source   = "./modules/kms"
  for_each = toset(["x.y", "a[\"b\"]"])
}

resource "aws_ebs_volume" "dot" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["x.y"].arn
}

resource "aws_ebs_volume" "quotes" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["d\"q\""].arn
}

resource "aws_ebs_volume" "bracket" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["b[0]"].arn
}

resource "aws_ebs_volume" "template" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["$${x}"].arn
}

resource "aws_ebs_volume" "module" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k["module.z"].arn
}

resource "aws_ebs_volume" "of_module" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.m["x.y"].key_arn
}

resource "aws_ebs_volume" "of_module_brackets" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = module.m["a[\"b\"]"].key_arn
}

resource "aws_ebs_volume" "each" {
  for_each          = toset(["x.y", "$${x}"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.k[each.key].arn
}
