variable "name" {
  type    = string
  default = "shop"
}

variable "account_id" {
  type    = string
  default = "111122223333"
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

# Switched on for a test and left so.
variable "default_keys" {
  type    = bool
  default = true
}

variable "tables" {
  type = map(object({
    class     = string
    encrypted = optional(bool, true)
  }))
  default = {
    payments = { class = "financial", encrypted = false }
    members  = { class = "pii" }
  }
}

variable "buckets" {
  type = map(object({
    class     = string
    encrypted = optional(bool, true)
    key       = optional(string)
  }))
  default = {
    profiles = { class = "pii" }
    invoices = { class = "financial", key = "general" }
    exports  = { class = "pii", encrypted = false }
  }
}
