variable "create" {
  type    = bool
  default = true
}

variable "kind" {
  description = "standard, external or replica"
  type        = string
  default     = "standard"
}

variable "class" {
  description = "Category of the data that the key protects"
  type        = string
}

variable "account_id" {
  type = string
}

variable "description" {
  type    = string
  default = null
}

variable "aliases" {
  type    = list(string)
  default = []
}

variable "users" {
  description = "ARNs of roles that may use the key"
  type        = list(string)
  default     = []
}

variable "policy" {
  type    = string
  default = null
}

variable "rotate" {
  type    = bool
  default = true
}

variable "deletion_window_in_days" {
  type    = number
  default = 30
}

variable "multi_region" {
  type    = bool
  default = false
}

variable "primary_key_arn" {
  type    = string
  default = null
}

variable "key_material" {
  type      = string
  default   = null
  sensitive = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
