variable "name" {
  description = "Name of the role"
  type        = string
}

variable "service" {
  description = "Service that may take the role"
  type        = string
}

variable "managed_policies" {
  description = "Policies of AWS that are attached to the role, by name"
  type        = set(string)
  default     = []
}

variable "policy" {
  description = "Policy document of the role itself"
  type        = string
  default     = null
}

variable "permissions_boundary" {
  description = "ARN of the policy that bounds what the role may be given"
  type        = string
  default     = null
}

variable "create_instance_profile" {
  description = "Whether instances may take the role"
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of every resource"
  type        = map(string)
  default     = {}
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [var.service]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Taken by ${var.service}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary
  max_session_duration = 3600

  tags = var.tags
}

resource "aws_iam_policy" "this" {
  name        = var.name
  description = "What ${var.name} may do"
  policy      = var.policy

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this.arn
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each = var.managed_policies

  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.value}"
}

resource "aws_iam_instance_profile" "this" {
  count = var.create_instance_profile ? 1 : 0

  name = var.name
  role = aws_iam_role.this.name

  tags = var.tags
}

output "arn" {
  description = "ARN of the role"
  value       = aws_iam_role.this.arn
}

output "name" {
  description = "Name of the role"
  value       = aws_iam_role.this.name
}
