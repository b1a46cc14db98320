# Listeners of Application and Network Load Balancers, and their rules.
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

locals {
  certificate = "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-1111-2222-3333-444444444444"
  targets     = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
}

resource "aws_lb" "public" {
  name    = "public"
  subnets = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb" "internal" {
  name     = "internal"
  internal = true
  subnets  = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb" "gateway" {
  name               = "gateway"
  load_balancer_type = "gateway"
  subnets            = ["subnet-11111111", "subnet-22222222"]
}

# What both seeds ask for.
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.public.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

resource "aws_lb_listener" "redirecting" {
  load_balancer_arn = aws_lb.public.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "newest" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

# The policies, from the one that AWS takes to one that nobody knows.
resource "aws_lb_listener" "policy" {
  for_each = {
    unset      = null
    "2016"     = "ELBSecurityPolicy-2016-08"
    tls13-1-0  = "ELBSecurityPolicy-TLS13-1-0-2021-06"
    tls13-1-1  = "ELBSecurityPolicy-TLS13-1-1-2021-06"
    fs-1-1     = "ELBSecurityPolicy-FS-1-1-2019-08"
    fips-1-0   = "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04"
    nobodys    = "ELBSecurityPolicy-Example-2026-01"
    ext1       = "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06"
    ext2       = "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"
    ext0       = "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04"
    tls-1-2    = "ELBSecurityPolicy-TLS-1-2-2017-01"
    fs-1-2-res = "ELBSecurityPolicy-FS-1-2-Res-2020-10"
    strict     = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    quantum    = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  }

  load_balancer_arn = aws_lb.public.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = each.value
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

resource "aws_alb_listener" "unset" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

resource "terraform_data" "policy" {
}

resource "aws_lb_listener" "unknown" {
  load_balancer_arn = aws_lb.network.arn
  port              = 8443
  protocol          = "TLS"
  ssl_policy        = terraform_data.policy.id
  certificate_arn   = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

# Plain HTTP, in every form.
resource "aws_lb_listener" "forwarding" {
  load_balancer_arn = aws_lb.public.arn
  port              = 8080
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

resource "aws_lb_listener" "without_protocol" {
  load_balancer_arn = aws_lb.public.arn
  port              = 8081

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

# A redirect to another path: the provider writes "#{protocol}".
resource "aws_lb_listener" "keeps_http" {
  load_balancer_arn = aws_lb.public.arn
  port              = 8082
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      path        = "/start"
      status_code = "HTTP_302"
    }
  }
}

resource "aws_alb_listener" "answers" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "hello"
      status_code  = "200"
    }
  }
}

resource "aws_lb_listener" "back" {
  load_balancer_arn = aws_lb.public.arn
  port              = 9443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type = "redirect"
    redirect {
      port        = "80"
      protocol    = "HTTP"
      status_code = "HTTP_301"
    }
  }
}

# Rules, which decide before the default action.
resource "aws_lb_listener_rule" "forward_on_http" {
  listener_arn = aws_lb_listener.redirecting.arn

  action {
    type             = "forward"
    target_group_arn = local.targets
  }
  condition {
    path_pattern { values = ["/health"] }
  }
}

resource "aws_lb_listener_rule" "redirect_on_http" {
  listener_arn = aws_lb_listener.redirecting.arn

  action {
    type = "redirect"
    redirect {
      host        = "www.example.com"
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
  condition {
    host_header { values = ["example.com"] }
  }
}

resource "aws_alb_listener_rule" "forward_on_https" {
  listener_arn = aws_lb_listener.https.arn

  action {
    type             = "forward"
    target_group_arn = local.targets
  }
  condition {
    path_pattern { values = ["/api/*"] }
  }
}

# Of a listener that another team manages.
resource "aws_lb_listener_rule" "elsewhere" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shared/0123456789abcdef/0123456789abcdef"

  action {
    type             = "forward"
    target_group_arn = local.targets
  }
  condition {
    path_pattern { values = ["/shop/*"] }
  }
}

# TCP on port 80 may be anything, and a gateway passes packets on.
resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.network.arn
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

resource "aws_lb_listener" "gateway" {
  load_balancer_arn = aws_lb.gateway.arn

  default_action {
    type             = "forward"
    target_group_arn = local.targets
  }
}

# Lightsail load balancers listen on port 80 unless they redirect.
resource "aws_lightsail_lb" "plain" {
  name          = "plain"
  instance_port = 443
}

resource "aws_lightsail_lb" "redirecting" {
  name          = "redirecting"
  instance_port = 443
}

resource "aws_lightsail_lb_https_redirection_policy" "redirecting" {
  lb_name = aws_lightsail_lb.redirecting.name
  enabled = true
}

resource "aws_lightsail_lb" "switched_off" {
  name          = "switched-off"
  instance_port = 443
}

resource "aws_lightsail_lb_https_redirection_policy" "switched_off" {
  lb_name = aws_lightsail_lb.switched_off.name
  enabled = false
}

# Elastic Beanstalk makes a listener on port 80, which its settings switch off, and others.
resource "aws_elastic_beanstalk_environment" "default" {
  name        = "default"
  application = "orders"
}

resource "aws_elastic_beanstalk_environment" "tls" {
  name        = "tls"
  application = "orders"

  setting {
    namespace = "aws:elbv2:listener:default"
    name      = "ListenerEnabled"
    value     = "false"
  }
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = "HTTPS"
  }
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "SSLPolicy"
    value     = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  }
}

resource "aws_elastic_beanstalk_environment" "old_tls" {
  name        = "old-tls"
  application = "orders"

  setting {
    namespace = "aws:elbv2:listener:default"
    name      = "ListenerEnabled"
    value     = "false"
  }
  setting {
    namespace = "aws:elbv2:listener:443"
    name      = "Protocol"
    value     = "HTTPS"
  }
}

resource "aws_elastic_beanstalk_environment" "single" {
  name        = "single"
  application = "orders"

  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "EnvironmentType"
    value     = "SingleInstance"
  }
}
