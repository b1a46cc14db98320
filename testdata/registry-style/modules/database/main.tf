# A database with its parameters and the log groups that it exports to.
locals {
  create         = var.create && length(var.name) > 0
  secret_managed = local.create && var.password == null
  insights       = merge({ enabled = false, retention = 7 }, { for key, value in var.insights : key => value if value != null })
  tags           = merge(var.tags, { data-class = var.class })

  parameters = merge({ "rds.force_ssl" = "1" }, var.parameters)
}

resource "aws_db_parameter_group" "this" {
  count = local.create ? 1 : 0

  name   = var.name
  family = "postgres16"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_instance" "this" {
  count = local.create ? 1 : 0

  identifier           = var.name
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = var.instance_class
  allocated_storage    = 50
  parameter_group_name = one(aws_db_parameter_group.this[*].name)

  storage_encrypted = true
  kms_key_id        = var.kms_key_arn

  performance_insights_enabled          = local.insights.enabled
  performance_insights_retention_period = local.insights.enabled ? local.insights.retention : null
  performance_insights_kms_key_id       = local.insights.enabled ? coalesce(var.insights_kms_key_arn, var.kms_key_arn) : null

  username                      = "example"
  password                      = local.secret_managed ? null : var.password
  manage_master_user_password   = local.secret_managed ? true : null
  master_user_secret_kms_key_id = local.secret_managed ? var.secret_kms_key_arn : null

  backup_retention_period             = var.backup_days
  deletion_protection                 = true
  iam_database_authentication_enabled = true
  publicly_accessible                 = false
  enabled_cloudwatch_logs_exports     = var.log_exports
  skip_final_snapshot                 = true
  tags                                = local.tags

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = toset([for log in var.log_exports : log if local.create])

  name              = "/aws/rds/instance/${var.name}/${each.value}"
  kms_key_id        = var.log_kms_key_arn
  retention_in_days = 365
  tags              = merge(local.tags, { data-class = "audit-logs" })
}
