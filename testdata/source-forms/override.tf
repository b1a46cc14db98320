# Arguments are overridden one by one, nested blocks by their name.
resource "aws_db_parameter_group" "mixed" {
  description = "from ${var.position}"

  parameter {
    name  = "rds.force_ssl"
    value = local.names[0] == "a" ? "1" : "0"
  }
}

locals {
  names = ["a", "b"]
}

variable "position" {
  default = 1
}
