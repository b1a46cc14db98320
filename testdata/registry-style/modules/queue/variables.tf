variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "class" {
  type = string
}

variable "account_id" {
  type = string
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "own_key" {
  type    = bool
  default = false
}

variable "topic" {
  type    = bool
  default = false
}

variable "settings" {
  description = "For `main` and `dead`"
  type        = map(object({ reuse = optional(number, 300), retention = optional(number, 345600) }))
  default     = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}
