variable "name" {
  description = "Name of the cluster"
  type        = string
}

variable "engine_version" {
  description = "Version of PostgreSQL; a minor one is chosen by AWS"
  type        = string
  default     = "16"
}

variable "instances" {
  description = "Instances of the cluster and their classes"
  type        = map(string)
  default     = { one = "db.r8g.large", two = "db.r8g.large" }
}

variable "vpc_id" {
  description = "Network that the cluster runs in"
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the cluster"
  type        = list(string)
}

variable "client_security_groups" {
  description = "Security groups that may connect, by what they are called"
  type        = map(string)
  default     = {}
}

variable "key_arn" {
  description = "Key of the storage, the snapshots, the log and the master password"
  type        = string
}

variable "parameters" {
  description = "Parameters of the cluster beside those that make connections secure"
  type        = map(string)
  default     = { log_min_duration_statement = "500", log_connections = "1" }
}

variable "backup_retention_period" {
  description = "Days that backups are kept for"
  type        = number
  default     = 14
}

variable "backup_window" {
  description = "When backups are made, in UTC"
  type        = string
  default     = "02:00-03:00"
}

variable "maintenance_window" {
  description = "When maintenance happens, in UTC"
  type        = string
  default     = "sun:04:00-sun:05:00"
}

variable "snapshot_identifier" {
  description = "Snapshot that the cluster is restored from"
  type        = string
  default     = null
}

variable "monitoring_interval" {
  description = "Seconds between two points of enhanced monitoring; 0 switches it off"
  type        = number
  default     = 30
}

variable "performance_insights_retention_period" {
  description = "Days that Performance Insights are kept for"
  type        = number
  default     = 7
}

variable "alarm_topic" {
  description = "ARN of the topic that alarms are sent to"
  type        = string
}

variable "alarms" {
  description = "Metrics of the cluster and their limits"
  type = map(object({
    metric     = string
    comparison = string
    threshold  = number
  }))
  default = {
    cpu         = { metric = "CPUUtilization", comparison = "GreaterThanThreshold", threshold = 85 }
    memory      = { metric = "FreeableMemory", comparison = "LessThanThreshold", threshold = 1000000000 }
    connections = { metric = "DatabaseConnections", comparison = "GreaterThanThreshold", threshold = 800 }
    lag         = { metric = "AuroraReplicaLagMaximum", comparison = "GreaterThanThreshold", threshold = 2000 }
  }
}

variable "tags" {
  description = "Tags of every resource"
  type        = map(string)
  default     = {}
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Subnets of ${var.name}"
  subnet_ids  = var.subnet_ids

  tags = var.tags
}

resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "Connections to ${var.name}"
  vpc_id      = var.vpc_id

  tags = merge(var.tags, { Name = "${var.name}-database" })
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_groups

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432

  tags = var.tags
}

resource "aws_rds_cluster_parameter_group" "this" {
  name        = var.name
  description = "Parameters of ${var.name}"
  family      = "aurora-postgresql${var.engine_version}"

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "immediate"
    }
  }

  tags = var.tags
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/rds/cluster/${var.name}/postgresql"
  retention_in_days = 30
  kms_key_id        = var.key_arn

  tags = var.tags
}

resource "aws_rds_cluster" "this" {
  cluster_identifier                  = var.name
  engine                              = "aurora-postgresql"
  engine_version                      = var.engine_version
  database_name                       = "service"
  master_username                     = "service"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.key_arn
  storage_encrypted                   = true
  kms_key_id                          = var.key_arn
  db_subnet_group_name                = aws_db_subnet_group.this.name
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.this.name
  vpc_security_group_ids              = [aws_security_group.this.id]
  iam_database_authentication_enabled = true
  backup_retention_period             = var.backup_retention_period
  preferred_backup_window             = var.backup_window
  preferred_maintenance_window        = var.maintenance_window
  snapshot_identifier                 = var.snapshot_identifier
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  final_snapshot_identifier           = "${var.name}-final"
  enabled_cloudwatch_logs_exports     = ["postgresql"]

  tags = var.tags

  depends_on = [aws_cloudwatch_log_group.this]
}

data "aws_iam_policy_document" "monitoring_trust" {
  count = var.monitoring_interval > 0 ? 1 : 0

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "monitoring" {
  count = var.monitoring_interval > 0 ? 1 : 0

  name               = "${var.name}-database-monitoring"
  description        = "Lets RDS write its enhanced monitoring"
  assume_role_policy = data.aws_iam_policy_document.monitoring_trust[0].json

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  count = var.monitoring_interval > 0 ? 1 : 0

  role       = aws_iam_role.monitoring[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_rds_cluster_instance" "this" {
  for_each = var.instances

  identifier                            = "${var.name}-${each.key}"
  cluster_identifier                    = aws_rds_cluster.this.id
  engine                                = aws_rds_cluster.this.engine
  engine_version                        = aws_rds_cluster.this.engine_version
  instance_class                        = each.value
  db_subnet_group_name                  = aws_db_subnet_group.this.name
  publicly_accessible                   = false
  monitoring_interval                   = var.monitoring_interval
  monitoring_role_arn                   = try(aws_iam_role.monitoring[0].arn, null)
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.key_arn
  performance_insights_retention_period = var.performance_insights_retention_period
  auto_minor_version_upgrade            = true

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms

  alarm_name          = "${var.name}-database-${each.key}"
  alarm_description   = "${each.value.metric} of ${var.name}"
  namespace           = "AWS/RDS"
  metric_name         = each.value.metric
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = each.value.threshold
  comparison_operator = each.value.comparison
  alarm_actions       = [var.alarm_topic]
  ok_actions          = [var.alarm_topic]

  dimensions = {
    DBClusterIdentifier = aws_rds_cluster.this.cluster_identifier
  }

  tags = var.tags
}

resource "aws_db_event_subscription" "this" {
  name        = var.name
  sns_topic   = var.alarm_topic
  source_type = "db-cluster"
  source_ids  = [aws_rds_cluster.this.id]

  event_categories = ["failover", "failure", "maintenance", "notification"]

  tags = var.tags
}

output "endpoint" {
  description = "Where to write"
  value       = aws_rds_cluster.this.endpoint
}

output "reader_endpoint" {
  description = "Where to read"
  value       = aws_rds_cluster.this.reader_endpoint
}

output "master_user_secret_arn" {
  description = "ARN of the secret that holds the master password"
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}

output "security_group_id" {
  description = "Security group of the cluster"
  value       = aws_security_group.this.id
}
