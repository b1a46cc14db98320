variable "create" {
  type    = bool
  default = true
}

variable "account_id" {
  type = string
}

variable "keys" {
  description = "Keys by name; the class is the name unless it is given"
  type = map(object({
    class        = optional(string)
    aliases      = optional(list(string))
    enabled      = optional(bool, true)
    multi_region = optional(bool, false)
    rotate       = optional(bool, true)
    users        = optional(list(string), [])
  }))
}

variable "tags" {
  type    = map(string)
  default = {}
}
