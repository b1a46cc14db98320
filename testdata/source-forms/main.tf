# Forms of configuration whose references Terraform lists in ways of its own. The source must agree with the plan, and be
# used: the keys of the two topics stand behind local values.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "second"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "secret" {
  type      = string
  default   = "hidden"
  sensitive = true
}

variable "ports" {
  type    = map(object({ from = number, to = optional(number) }))
  default = { web = { from = 443 }, "odd.key" = { from = 8443 } }
}

variable "position" {
  type    = number
  default = 1
}

locals {
  key   = aws_kms_key.this.arn
  names = ["a", "b", "c"]
  # Names that shadow one another, and one that is called like a resource type.
  nested = [for name in local.names : { for name in [name, upper(name)] : name => [for aws_kms_key in [name] : aws_kms_key] }]
}

resource "aws_kms_key" "this" {
  description             = "this"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    data-class = "operational"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [description, tags["Name"]]

    precondition {
      condition     = var.position > 0 && length(aws_vpc.this.id) > 0
      error_message = "The position is ${var.position}."
    }
  }
}

resource "aws_sns_topic" "by_local" {
  name              = "by-local"
  kms_master_key_id = local.key

  tags = {
    data-class = "operational"
  }
}

# Attributes as blocks: one list of references for all of them.
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "blocks" {
  name   = "blocks-${terraform.workspace}"
  vpc_id = aws_vpc.this.id

  ingress {
    from_port   = var.ports["web"].from
    to_port     = var.ports["web"].from
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.this.cidr_block]
  }

  ingress {
    from_port   = var.ports["odd.key"].from
    to_port     = var.ports["odd.key"].from
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.this.cidr_block]
    description = "from ${path.module}"
  }

  egress = []
}

resource "aws_security_group" "assigned" {
  name   = "assigned"
  vpc_id = (aws_vpc.this).id

  ingress = [for name, port in var.ports : {
    from_port        = port.from
    to_port          = coalesce(port.to, port.from)
    protocol         = "tcp"
    cidr_blocks      = [aws_vpc.this.cidr_block]
    description      = name
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]
}

# Indexes of all kinds.
resource "terraform_data" "indexes" {
  for_each = var.ports

  input = [
    each.value["from"],
    each.value.from,
    each.key,
    local.names[var.position],
    local.names[var.position - 1],
    local.names[length(local.names) - 1],
    try(local.names[-1], null),
    var.ports[each.key].from,
    var.ports["odd.key"]["from"],
    local.nested[0]["a"][0],
    local.nested.0.a,
    values(var.ports)[0].from,
  ]
}

resource "terraform_data" "counted" {
  count = length(local.names)
  input = { index = count.index, name = local.names[count.index], all = aws_security_group.blocks.ingress[*].from_port }

  triggers_replace = [terraform_data.indexes["odd.key"].id, terraform_data.indexes["web"].output]
}

# Whole blocks, splats of all kinds, and what stands behind them.
resource "terraform_data" "wholes" {
  input = {
    instance = terraform_data.counted[0]
    all      = terraform_data.counted
    ids      = terraform_data.counted[*].id
    legacy   = terraform_data.counted.*.id
    names    = [for one in terraform_data.counted : one.input.name if one.input.index > 0]
    by_id    = { for position, one in terraform_data.counted : one.id => position... }
    tags     = aws_kms_key.this.tags_all["data-class"]
    module   = module.plain
    outputs  = module.plain["first"].key
    output   = module.passed.names[0]
  }
}

# Templates: directives, strip markers, heredocs, escapes.
resource "terraform_data" "templates" {
  input = <<-EOT
    %{for name in local.names~}
    ${name} ${var.position}
    %{endfor~}
    %{if var.position > 1}${aws_vpc.this.arn}%{else}$${literal}%%{literal}%{endif}
  EOT

  triggers_replace = "${aws_vpc.this.id}-${var.secret}"
}

resource "terraform_data" "provisioned" {
  input = provider::aws::arn_parse("arn:aws:kms:eu-central-1:111122223333:key/x").service

  provisioner "local-exec" {
    command = "echo ${self.id} ${aws_vpc.this.id}"
  }

  connection {
    host = self.id
  }
}

# Dynamic blocks leave nothing in the plan, static ones beside them do.
resource "aws_db_parameter_group" "mixed" {
  name   = "mixed"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = var.position
  }

  dynamic "parameter" {
    for_each = { log_statement = "all", log_min_duration_statement = aws_vpc.this.id }
    iterator = setting

    content {
      name  = setting.key
      value = setting.value
    }
  }
}

ephemeral "aws_secretsmanager_random_password" "this" {
  # Unknown, so that nothing is asked of AWS.
  password_length = length(aws_vpc.this.id)
}

resource "aws_ssm_parameter" "write_only" {
  name             = "/write-only"
  type             = "SecureString"
  key_id           = local.key
  value_wo         = ephemeral.aws_secretsmanager_random_password.this.random_password
  value_wo_version = 1

  tags = {
    data-class = "operational"
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = [local.key]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

module "plain" {
  source   = "./modules/plain"
  for_each = toset(["first", "second"])

  key      = local.key
  settings = { name = each.key, list = concat([aws_vpc.this.id], local.names) }

  depends_on = [aws_vpc.this]
}

module "passed" {
  source    = "./modules/passed"
  providers = { aws = aws, aws.other = aws.second }

  name = "passed"
}

module "json" {
  source = "./modules/json"
  key    = local.key
}

moved {
  from = aws_kms_key.former
  to   = aws_kms_key.this
}

removed {
  from = terraform_data.former

  lifecycle {
    destroy = false
  }
}

check "reachable" {
  data "aws_iam_policy_document" "checked" {
    source_policy_documents = [data.aws_iam_policy_document.this.json]
  }

  assert {
    condition     = data.aws_iam_policy_document.checked.json != "" && var.position > 0
    error_message = "The policy is empty."
  }
}

output "secret" {
  value     = "${var.secret}-${local.key}"
  sensitive = true
}

output "whole" {
  value      = { for name, part in module.plain : name => part.key }
  depends_on = [module.passed]

  precondition {
    condition     = length(module.plain) > 1
    error_message = "Two are needed."
  }
}

output "constant" {
  value = 5 + 1
}
