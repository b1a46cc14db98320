module "health" {
  source     = "../kms"
  data_class = "health"
}

output "health_key_arn" {
  value = module.health.key_arn
}
