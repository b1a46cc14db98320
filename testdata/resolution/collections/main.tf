# Variables that hold several keys: objects with optional attributes, maps and lists.

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_kms_key" "b" {
  description = "b"
}

module "stores" {
  source = "./modules/stores"
  keys   = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }
  single = { kms = aws_kms_key.a.arn }
  map    = { pii = aws_kms_key.a.arn, financial = aws_kms_key.b.arn }
  list   = [aws_kms_key.a.arn, aws_kms_key.b.arn]
  stores = {
    people = { kms = aws_kms_key.a.arn, size = 16 }
    money  = { kms = aws_kms_key.b.arn }
    none   = {}
  }
}
