# Listeners, rules and target groups out of maps, as modules of registries make them.
variable "name" { type = string }

variable "internal" {
  type    = bool
  default = null
}

variable "default_protocol" {
  type    = string
  default = "HTTPS"
}

variable "listeners" {
  type    = any
  default = {}
}

variable "target_groups" {
  type    = any
  default = {}
}

locals {
  rules = flatten([
    for listener_key, listener in var.listeners : [
      for rule_key, rule in lookup(listener, "rules", {}) : merge(rule, { listener_key = listener_key, rule_key = rule_key })
    ]
  ])
}

resource "aws_lb" "this" {
  count = 1

  name     = var.name
  internal = var.internal
  subnets  = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb_listener" "this" {
  for_each = var.listeners

  load_balancer_arn = aws_lb.this[0].arn
  port              = try(each.value.port, 443)
  protocol          = try(each.value.protocol, var.default_protocol)
  ssl_policy        = contains(["HTTPS", "TLS"], try(each.value.protocol, var.default_protocol)) ? try(each.value.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06") : try(each.value.ssl_policy, null)
  certificate_arn   = try(each.value.certificate_arn, null)

  dynamic "default_action" {
    for_each = try([each.value.redirect], [])

    content {
      type = "redirect"
      redirect {
        port        = try(default_action.value.port, null)
        protocol    = try(default_action.value.protocol, null)
        status_code = default_action.value.status_code
      }
    }
  }

  dynamic "default_action" {
    for_each = try([each.value.forward], [])

    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.this[default_action.value.target_group_key].arn
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = { for rule in local.rules : "${rule.listener_key}/${rule.rule_key}" => rule }

  listener_arn = aws_lb_listener.this[each.value.listener_key].arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.value.target_group_key].arn
  }
  condition {
    path_pattern { values = each.value.paths }
  }
}

resource "aws_lb_target_group" "this" {
  for_each = var.target_groups

  name     = each.key
  port     = each.value.port
  protocol = each.value.protocol
  vpc_id   = "vpc-11111111"
}
