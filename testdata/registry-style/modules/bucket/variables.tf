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

variable "encryption" {
  description = "How objects are encrypted; null leaves it to S3"
  type = object({
    algorithm  = optional(string, "aws:kms")
    key_arn    = optional(string)
    bucket_key = optional(bool, true)
  })
  default = {}
}

variable "versioned" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
