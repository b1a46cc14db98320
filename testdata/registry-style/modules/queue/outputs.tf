output "arns" {
  value = { for name, queue in aws_sqs_queue.this : name => queue.arn }
}

output "kms_key" {
  value = local.kms_key
}
