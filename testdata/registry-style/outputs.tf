output "key_arns" {
  value = local.key_arns
}

output "buckets" {
  value = { for name, bucket in module.bucket : name => bucket.arn }
}

output "databases" {
  value = [for database in module.database : database.arn]
}
