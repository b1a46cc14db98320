# What the apply decides also decides whether a default takes the place of null, and what a comparison comes to.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "terraform_data" "first" {
}

# It is null, and so "shared".
module "not_nullable" {
  source = "./modules/store"

  name = "not-nullable"
  mode = terraform_data.first.id == "" ? "own" : null
  a    = aws_kms_key.a.arn
  b    = aws_kms_key.b.arn
}

module "optional" {
  source = "./modules/store"

  name     = "optional"
  settings = { mode = terraform_data.first.id == "" ? "own" : null }
  a        = aws_kms_key.a.arn
  b        = aws_kms_key.b.arn
}

# The provider makes a number of it.
resource "aws_cloudwatch_log_group" "week" {
  name              = "week"
  retention_in_days = "7"
}

resource "aws_cloudwatch_log_group" "converted" {
  name       = "converted"
  kms_key_id = aws_cloudwatch_log_group.week.retention_in_days == 7 ? aws_kms_key.a.arn : aws_kms_key.b.arn
}

# The name of the second member is "key" after all.
resource "aws_cloudwatch_log_group" "merged" {
  name       = "merged"
  kms_key_id = merge({ key = aws_kms_key.a.arn }, { for one in ["x"] : (terraform_data.first.id == "" ? "other" : "key") => aws_kms_key.b.arn })["key"]
}

# The first key has no match.
resource "aws_cloudwatch_log_group" "matched" {
  name       = "matched"
  kms_key_id = matchkeys([aws_kms_key.a.arn, "arn:aws:kms:eu-central-1:444455556666:key/5aafab8f-0a2a-4da4-b7a7-0fb710b51392"], [terraform_data.first.id, "x"], ["x"])[0]
}
