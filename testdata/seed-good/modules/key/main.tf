variable "name" {
  type = string
}

variable "data_class" {
  type = string
}

variable "services" {
  type    = list(string)
  default = []
}

variable "account_id" {
  type = string
}

resource "aws_kms_key" "this" {
  description             = "Portal: ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }],
      [for service in var.services : {
        Sid       = "Service"
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      }],
    )
  })

  tags = {
    data-class = var.data_class
    managed-by = "terraform"
  }
}

resource "aws_kms_alias" "this" {
  name          = "alias/portal-${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

output "arn" {
  value = aws_kms_key.this.arn
}
