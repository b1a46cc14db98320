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

variable "instance_class" {
  type    = string
  default = "db.m6g.large"
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "log_kms_key_arn" {
  type    = string
  default = null
}

variable "secret_kms_key_arn" {
  type    = string
  default = null
}

variable "insights" {
  type    = object({ enabled = optional(bool), retention = optional(number) })
  default = {}
}

variable "insights_kms_key_arn" {
  description = "Key of Performance Insights; the database's own where it is not given"
  type        = string
  default     = null
}

variable "password" {
  type      = string
  default   = null
  sensitive = true
}

variable "parameters" {
  type    = map(string)
  default = {}
}

variable "log_exports" {
  type    = list(string)
  default = ["postgresql"]
}

variable "backup_days" {
  type    = number
  default = 14
}

variable "tags" {
  type    = map(string)
  default = {}
}
