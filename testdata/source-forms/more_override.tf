output "constant" {
  value = local.key
}
