variable "data_class" {
  type = string
}

resource "aws_kms_key" "this" {
  description             = "for ${var.data_class}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = var.data_class
  }
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
