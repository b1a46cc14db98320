# Ports of plain text that stand open to the world, in every form in which a group is given rules, and what only looks like it.
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
  vpc     = "vpc-0aaaaaaaaaaaaaaa1"
  subnets = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

# --- Rules inside the group ---

locals {
  ingress = {
    http        = { protocol = "tcp", from = 80, to = 80, v4 = ["0.0.0.0/0"], v6 = [] }
    telnet_v6   = { protocol = "tcp", from = 23, to = 23, v4 = [], v6 = ["::/0"] }
    long_v6     = { protocol = "6", from = 20, to = 21, v4 = [], v6 = ["0000:0000:0000:0000:0000:0000:0000:0000/0"] }
    half        = { protocol = "tcp", from = 389, to = 389, v4 = ["10.0.0.0/8", "128.0.0.0/1"], v6 = [] }
    range       = { protocol = "tcp", from = 1024, to = 65535, v4 = ["0.0.0.0/0"], v6 = [] }
    everything  = { protocol = "-1", from = 0, to = 0, v4 = ["0.0.0.0/0"], v6 = [] }
    tftp        = { protocol = "udp", from = 69, to = 69, v4 = ["0.0.0.0/0"], v6 = [] }
    https       = { protocol = "tcp", from = 443, to = 443, v4 = ["0.0.0.0/0"], v6 = ["::/0"] }
    inside      = { protocol = "tcp", from = 80, to = 80, v4 = ["10.0.0.0/8", "192.168.0.0/16"], v6 = ["fc00::/7"] }
    quic        = { protocol = "udp", from = 443, to = 443, v4 = ["0.0.0.0/0"], v6 = [] }
    high_ports  = { protocol = "tcp", from = 8000, to = 9000, v4 = ["0.0.0.0/0"], v6 = [] }
    ping        = { protocol = "icmp", from = -1, to = -1, v4 = ["0.0.0.0/0"], v6 = [] }
    one_partner = { protocol = "tcp", from = 25, to = 25, v4 = ["203.0.113.7/32"], v6 = [] }
  }
}

resource "aws_security_group" "inline" {
  for_each = local.ingress
  name     = each.key
  vpc_id   = local.vpc

  ingress {
    protocol         = each.value.protocol
    from_port        = each.value.from
    to_port          = each.value.to
    cidr_blocks      = each.value.v4
    ipv6_cidr_blocks = each.value.v6
  }
}

# Blocks that a list makes.
resource "aws_security_group" "dynamic" {
  name   = "dynamic"
  vpc_id = local.vpc

  dynamic "ingress" {
    for_each = [80, 443]

    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

# Out is not in, and a group is no address.
resource "aws_security_group" "quiet" {
  name   = "quiet"
  vpc_id = local.vpc

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    self            = true
    security_groups = [aws_security_group.inline["https"].id]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "open" {
  vpc_id = local.vpc

  ingress {
    protocol    = "tcp"
    from_port   = 21
    to_port     = 21
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "closed" {
  vpc_id = "vpc-0bbbbbbbbbbbbbbb1"
}

# --- Lists of addresses ---

resource "aws_ec2_managed_prefix_list" "world" {
  name           = "world"
  address_family = "IPv4"
  max_entries    = 2

  entry {
    cidr = "0.0.0.0/1"
  }

  entry {
    cidr = "128.0.0.0/1"
  }
}

resource "aws_ec2_managed_prefix_list" "world_by_entry" {
  name           = "world-by-entry"
  address_family = "IPv4"
  max_entries    = 1
}

resource "aws_ec2_managed_prefix_list_entry" "world" {
  prefix_list_id = aws_ec2_managed_prefix_list.world_by_entry.id
  cidr           = "0.0.0.0/0"
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 1

  entry {
    cidr = "203.0.113.0/24"
  }
}

resource "aws_security_group" "listed" {
  name   = "listed"
  vpc_id = local.vpc

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    prefix_list_ids = [aws_ec2_managed_prefix_list.world.id]
  }
}

resource "aws_security_group" "listed_offices" {
  name   = "listed-offices"
  vpc_id = local.vpc

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id]
  }
}

# --- Rules of their own ---

resource "aws_security_group" "separate" {
  name   = "separate"
  vpc_id = local.vpc
}

resource "aws_security_group_rule" "ftp" {
  security_group_id = aws_security_group.separate.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 21
  to_port           = 21
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "listed" {
  security_group_id = aws_security_group.separate.id
  type              = "ingress"
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  prefix_list_ids   = [aws_ec2_managed_prefix_list.world_by_entry.id]
}

resource "aws_security_group_rule" "out" {
  security_group_id = aws_security_group.separate.id
  type              = "egress"
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "self" {
  security_group_id = aws_security_group.separate.id
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  self              = true
}

locals {
  rules = {
    sql_server = { protocol = "tcp", from = 1433, to = 1433, v4 = "0.0.0.0/0", v6 = null }
    pop3_v6    = { protocol = "tcp", from = 110, to = 110, v4 = null, v6 = "::/0" }
    half_v6    = { protocol = "tcp", from = 143, to = 143, v4 = null, v6 = "8000::/1" }
    all        = { protocol = "-1", from = null, to = null, v4 = "0.0.0.0/0", v6 = null }
    https      = { protocol = "tcp", from = 443, to = 443, v4 = "0.0.0.0/0", v6 = null }
    private_v6 = { protocol = "tcp", from = 80, to = 80, v4 = null, v6 = "fd00::/8" }
  }
}

resource "aws_vpc_security_group_ingress_rule" "each" {
  for_each          = local.rules
  security_group_id = aws_security_group.separate.id
  ip_protocol       = each.value.protocol
  from_port         = each.value.from
  to_port           = each.value.to
  cidr_ipv4         = each.value.v4
  cidr_ipv6         = each.value.v6
}

resource "aws_vpc_security_group_ingress_rule" "listed" {
  security_group_id = aws_security_group.separate.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  prefix_list_id    = aws_ec2_managed_prefix_list.world.id
}

# A list of another configuration: what stands in it is not in the plan.
resource "aws_vpc_security_group_ingress_rule" "listed_elsewhere" {
  security_group_id = aws_security_group.separate.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  prefix_list_id    = "pl-0ccccccccccccccc1"
}

resource "aws_vpc_security_group_ingress_rule" "from_group" {
  security_group_id            = aws_security_group.separate.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
  referenced_security_group_id = aws_security_group.inline["https"].id
}

# A port that is known only after apply.
resource "terraform_data" "port" {
  input = 80
}

resource "aws_vpc_security_group_ingress_rule" "late" {
  security_group_id = aws_security_group.separate.id
  ip_protocol       = "tcp"
  from_port         = length(terraform_data.port.id)
  to_port           = length(terraform_data.port.id)
  cidr_ipv4         = "0.0.0.0/0"
}

# --- Load balancers ---

# Its HTTP listener only redirects: the usual style.
resource "aws_security_group" "redirects" {
  name   = "redirects"
  vpc_id = local.vpc
}

resource "aws_vpc_security_group_ingress_rule" "redirects" {
  for_each          = toset(["80", "443"])
  security_group_id = aws_security_group.redirects.id
  ip_protocol       = "tcp"
  from_port         = each.key
  to_port           = each.key
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "redirects" {
  name                       = "redirects"
  subnets                    = local.subnets
  security_groups            = [aws_security_group.redirects.id]
  drop_invalid_header_fields = true
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

resource "aws_lb_listener" "redirects_https" {
  load_balancer_arn = aws_lb.redirects.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/0f0f0f0f-0000-4000-8000-000000000001"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
    }
  }
}

# The same with the rules inside the group.
resource "aws_security_group" "redirects_inline" {
  name   = "redirects-inline"
  vpc_id = local.vpc

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "redirects_inline" {
  name            = "redirects-inline"
  subnets         = local.subnets
  security_groups = [aws_security_group.redirects_inline.id]
}

resource "aws_lb_listener" "redirects_inline" {
  load_balancer_arn = aws_lb.redirects_inline.arn
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

# An instance stands behind the same group, and answers in plain text.
resource "aws_security_group" "shared" {
  name   = "shared"
  vpc_id = local.vpc
}

resource "aws_vpc_security_group_ingress_rule" "shared" {
  security_group_id = aws_security_group.shared.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "shared" {
  name            = "shared"
  subnets         = local.subnets
  security_groups = [aws_security_group.shared.id]
}

resource "aws_instance" "shared" {
  ami                    = "ami-0aaaaaaaaaaaaaaa1"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.shared.id]
}

# It forwards what comes over HTTP, and one of its ports is nobody's.
resource "aws_security_group" "forwards" {
  name   = "forwards"
  vpc_id = local.vpc
}

resource "aws_vpc_security_group_ingress_rule" "forwards" {
  for_each          = toset(["80", "443", "8443"])
  security_group_id = aws_security_group.forwards.id
  ip_protocol       = "tcp"
  from_port         = each.key
  to_port           = each.key
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "forwards" {
  name            = "forwards"
  subnets         = local.subnets
  security_groups = [aws_security_group.forwards.id]
}

resource "aws_lb_listener" "forwards" {
  load_balancer_arn = aws_lb.forwards.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

resource "aws_security_group" "wide_inline" {
  name   = "wide-inline"
  vpc_id = local.vpc

  ingress {
    protocol    = "tcp"
    from_port   = 8000
    to_port     = 8999
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_alb" "wide_inline" {
  name            = "wide-inline"
  internal        = true
  subnets         = local.subnets
  security_groups = [aws_security_group.wide_inline.id]
}

# A group of another configuration: whether a load balancer is in it is not in the plan.
resource "aws_vpc_security_group_ingress_rule" "elsewhere" {
  security_group_id = "sg-0ccccccccccccccc1"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8443
  cidr_ipv4         = "0.0.0.0/0"
}

# Rules inside the group beside one of its own: both are judged.
resource "aws_security_group" "mixed" {
  name   = "mixed"
  vpc_id = local.vpc

  ingress {
    protocol    = "tcp"
    from_port   = 23
    to_port     = 23
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "mixed" {
  security_group_id = aws_security_group.mixed.id
  ip_protocol       = "tcp"
  from_port         = 25
  to_port           = 25
  cidr_ipv4         = "0.0.0.0/0"
}
