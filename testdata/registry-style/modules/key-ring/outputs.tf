output "arns" {
  value = { for name, key in module.key : name => key.arn }
}

output "keys" {
  value = module.key
}
