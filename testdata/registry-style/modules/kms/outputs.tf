output "arn" {
  value = try(aws_kms_key.this[0].arn, aws_kms_external_key.this[0].arn, aws_kms_replica_key.this[0].arn, null)
}

output "id" {
  value = local.key_id
}

output "policy" {
  value = local.policy
}

output "aliases" {
  value = { for name, alias in aws_kms_alias.this : name => alias.arn }
}
