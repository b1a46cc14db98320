output "arn" {
  value = one(aws_db_instance.this[*].arn)
}

output "log_groups" {
  value = { for name, group in aws_cloudwatch_log_group.this : name => group.arn }
}
