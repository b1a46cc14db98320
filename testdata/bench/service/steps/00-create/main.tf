# One service of an organisation, with what stands around it: roles, security groups, a load balancer, tasks, alarms,
# functions, and the stores that hold its data. The modules offer more than is used here, as shared modules do.
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
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}

variable "service" {
  description = "Name of the service; prefix of every name in it"
  type        = string
  default     = "storefront"
}

variable "webhook_token" {
  description = "Token that callers of the webhook show"
  type        = string
  sensitive   = true
  default     = "not-a-token"
}

variable "create_database" {
  description = "Whether the service has a relational database"
  type        = bool
  default     = false
}

variable "public_domain" {
  description = "Name under which the world sees the service; none keeps it internal"
  type        = string
  default     = null
}

variable "zone_id" {
  description = "Hosted zone of the public name"
  type        = string
  default     = null
}

locals {
  tags = {
    service    = var.service
    team       = "commerce"
    managed-by = "terraform"
  }
}

data "aws_vpc" "shared" {
  default = true
}

data "aws_subnets" "shared" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.shared.id]
  }
}

data "aws_caller_identity" "current" {}

module "data" {
  source = "./modules/data"

  name          = var.service
  account_id    = data.aws_caller_identity.current.account_id
  data_class    = "operational"
  webhook_token = var.webhook_token
  tags          = local.tags
}

module "workload" {
  source = "./modules/workload"

  name        = var.service
  image       = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/${var.service}:1.4.2"
  vpc_id      = data.aws_vpc.shared.id
  subnet_ids  = sort(data.aws_subnets.shared.ids)
  log_key_arn = module.data.key_arn
  alarm_topic = module.data.alarm_topic_arn
  environment = {
    ORDERS_TABLE = module.data.table_name
    UPLOADS      = module.data.bucket
  }
  secrets = {
    WEBHOOK_TOKEN = module.data.webhook_token_arn
  }
  tags = local.tags
}

module "worker" {
  source   = "./modules/function"
  for_each = toset(["import"])

  name        = "${var.service}-${each.key}"
  image_uri   = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/${var.service}-worker:1.4.2"
  key_arn     = module.data.key_arn
  alarm_topic = module.data.alarm_topic_arn
  table_arn   = module.data.table_arn
  tags        = local.tags
}

module "database" {
  source = "./modules/database"
  count  = var.create_database ? 1 : 0

  name        = var.service
  vpc_id      = data.aws_vpc.shared.id
  subnet_ids  = sort(data.aws_subnets.shared.ids)
  key_arn     = module.data.key_arn
  alarm_topic = module.data.alarm_topic_arn
  client_security_groups = {
    tasks = module.workload.security_group_id
  }
  tags = merge(local.tags, { data-class = "operational" })
}

module "edge" {
  source = "./modules/edge"
  count  = var.public_domain == null ? 0 : 1

  name                 = var.service
  domain               = var.public_domain
  zone_id              = var.zone_id
  origin               = module.workload.dns_name
  assets_bucket_domain = module.data.bucket_domain_name
  log_key_arn          = module.data.key_arn
  tags                 = local.tags
}

output "endpoint" {
  value = module.workload.dns_name
}

output "key_arn" {
  value = module.data.key_arn
}
