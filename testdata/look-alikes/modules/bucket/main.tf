variable "name" {
  type = string
}

resource "aws_s3_bucket" "aws_s3_bucket" {
  bucket = var.name

  tags = {
    data-class = "pii"
  }
}

output "id" {
  value = aws_s3_bucket.aws_s3_bucket.id
}
