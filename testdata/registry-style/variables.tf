variable "create" {
  type    = bool
  default = true
}

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

variable "replica_region" {
  type    = string
  default = "eu-west-1"
}

variable "keys" {
  description = "Keys beside those that every stage has"
  type = map(object({
    class        = optional(string)
    aliases      = optional(list(string))
    enabled      = optional(bool, true)
    multi_region = optional(bool, false)
  }))
  default = {
    archive = { class = "pii", enabled = false }
  }
}

variable "buckets" {
  type = map(object({
    class     = string
    algorithm = optional(string, "aws:kms")
  }))
  default = {
    profiles = { class = "pii" }
    invoices = { class = "financial" }
    trail    = { class = "audit-logs" }
    images   = { class = "public", algorithm = "AES256" }
  }
}

variable "disks" {
  type = list(object({
    name  = string
    class = optional(string, "operational")
    size  = optional(number, 20)
  }))
  default = [
    { name = "search" },
    { name = "exports", class = "pii", size = 100 },
  ]
}

# Left from the time when all stages shared one key.
variable "shared_key_arn" {
  type    = string
  default = null
}

variable "encrypt_tables" {
  type    = bool
  default = true
}
