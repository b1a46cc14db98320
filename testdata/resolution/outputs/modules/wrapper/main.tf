module "kms" {
  source = "../kms"
}

output "arn" {
  value = module.kms.arn
}

output "tried" {
  value = try(module.kms.tried, null)
}

output "through_local" {
  value = module.kms.local
}
