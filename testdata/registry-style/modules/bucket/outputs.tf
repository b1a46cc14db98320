output "arn" {
  value = one(aws_s3_bucket.this[*].arn)
}

output "name" {
  value = try(aws_s3_bucket.this[0].id, "")
}
