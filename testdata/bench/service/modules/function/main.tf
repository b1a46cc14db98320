variable "name" {
  description = "Name of the function"
  type        = string
}

variable "image_uri" {
  description = "Image of the function"
  type        = string
}

variable "key_arn" {
  description = "Key of the queue, the log and the function's environment"
  type        = string
}

variable "alarm_topic" {
  description = "ARN of the topic that alarms are sent to"
  type        = string
}

variable "table_arn" {
  description = "ARN of the table that the function works on"
  type        = string
}

variable "schedule" {
  description = "When the function runs on its own"
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource"
  type        = map(string)
  default     = {}
}

module "role" {
  source = "../role"

  name             = var.name
  service          = "lambda.amazonaws.com"
  managed_policies = ["AWSLambdaSQSQueueExecutionRole"]
  tags             = var.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], Resource = var.table_arn },
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = var.key_arn },
    ]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 30
  kms_key_id        = var.key_arn

  tags = var.tags
}

resource "aws_sqs_queue" "dead" {
  name                      = "${var.name}-dead"
  message_retention_seconds = 1209600
  kms_master_key_id         = var.key_arn

  tags = var.tags
}

resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = 180
  kms_master_key_id          = var.key_arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })

  tags = var.tags
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = "Works on the queue ${var.name}"
  package_type  = "Image"
  image_uri     = var.image_uri
  role          = module.role.arn
  kms_key_arn   = var.key_arn
  memory_size   = 512
  timeout       = 30

  environment {
    variables = {
      LOG_LEVEL = "info"
    }
  }

  tags = var.tags

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn = aws_sqs_queue.this.arn
  function_name    = aws_lambda_function.this.arn
  batch_size       = 10
}

resource "aws_cloudwatch_event_rule" "this" {
  count = var.schedule == null ? 0 : 1

  name                = var.name
  schedule_expression = var.schedule

  tags = var.tags
}

resource "aws_cloudwatch_event_target" "this" {
  count = var.schedule == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.this[0].name
  arn  = aws_lambda_function.this.arn
}

resource "aws_lambda_permission" "schedule" {
  count = var.schedule == null ? 0 : 1

  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.this[0].arn
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.name}-errors"
  alarm_description   = "Calls of ${var.name} fail"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic]
  ok_actions          = [var.alarm_topic]

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }

  tags = var.tags
}

output "function_arn" {
  description = "ARN of the function"
  value       = aws_lambda_function.this.arn
}

output "queue_url" {
  description = "Where to send work"
  value       = aws_sqs_queue.this.url
}
