# Three steps: a rule, its security group, the load balancers in that group, and their listeners.
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
  skip_requesting_account_id  = true
}

locals {
  subnets = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

# Its only listener redirects.
resource "aws_security_group" "redirects" {
  name   = "redirects"
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

resource "aws_vpc_security_group_ingress_rule" "redirects" {
  security_group_id = aws_security_group.redirects.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb" "redirects" {
  name            = "redirects"
  subnets         = local.subnets
  security_groups = [aws_security_group.redirects.id]
}

resource "aws_lb_listener" "redirects" {
  load_balancer_arn = aws_lb.redirects.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

# Its listener forwards.
resource "aws_security_group" "plain" {
  name   = "plain"
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

resource "aws_vpc_security_group_ingress_rule" "plain" {
  security_group_id = aws_security_group.plain.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb" "plain" {
  name            = "plain"
  subnets         = local.subnets
  security_groups = [aws_security_group.plain.id]
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.plain.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

# No load balancer is in this group.
resource "aws_security_group" "alone" {
  name   = "alone"
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

resource "aws_vpc_security_group_ingress_rule" "alone" {
  security_group_id = aws_security_group.alone.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

# Its group stands elsewhere.
resource "aws_vpc_security_group_ingress_rule" "elsewhere" {
  security_group_id = "sg-0ccccccccccccccc1"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

# A variable decides which of two load balancers the listener belongs to; the plan alone does not tell.
variable "blue" {
  type    = bool
  default = true
}

resource "aws_security_group" "blue" {
  name   = "blue"
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

resource "aws_vpc_security_group_ingress_rule" "blue" {
  security_group_id = aws_security_group.blue.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb" "blue" {
  name            = "blue"
  subnets         = local.subnets
  security_groups = [aws_security_group.blue.id]
}

resource "aws_lb_listener" "blue" {
  load_balancer_arn = var.blue ? aws_lb.blue.arn : aws_lb.plain.arn
  port              = 8080
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}
