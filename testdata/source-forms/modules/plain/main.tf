variable "key" {
  type = string
}

variable "settings" {
  type = object({ name = string, list = optional(list(string), []) })
}

resource "terraform_data" "this" {
  for_each = { for position, one in var.settings.list : position => one if position < 0 }
  input    = each.value
}

output "key" {
  value = var.key
}
