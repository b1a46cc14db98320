variable "pii_key_arn" {
  type = string
}

variable "financial_key_arn" {
  type = string
}

module "store" {
  source      = "./store"
  person_key  = var.pii_key_arn
  payment_key = var.financial_key_arn
}
