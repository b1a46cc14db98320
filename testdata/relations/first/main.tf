# Resources that belong to others, in both directions: what configures a bucket, the listeners of a load balancer and the
# load balancer of a listener, rules of security groups, the parameter group of a database, keys and their users.
# Judged by the rules of tests/relations.
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

# Another Region, where names of this one may be taken again.
provider "aws" {
  alias                       = "ireland"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# --- Buckets and what configures them ---

resource "aws_s3_bucket" "closed" {
  bucket = "closed.example.com"
}

resource "aws_s3_bucket_public_access_block" "closed" {
  bucket                  = aws_s3_bucket.closed.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Blocked, but for one thing.
resource "aws_s3_bucket" "ajar" {
  bucket = "ajar.example.com"
}

resource "aws_s3_bucket_public_access_block" "ajar" {
  bucket                  = aws_s3_bucket.ajar.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Nothing blocks access to it.
resource "aws_s3_bucket" "open" {
  bucket = "open.example.com"
}

# Named by its name, and not by reference.
resource "aws_s3_bucket" "by_name" {
  bucket = "by-name.example.com"
}

resource "aws_s3_bucket_public_access_block" "by_name" {
  bucket                  = "by-name.example.com"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# --- Load balancers and their listeners ---

resource "aws_lb" "public" {
  name     = "public"
  internal = false
  subnets  = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb" "internal" {
  name     = "internal"
  internal = true
  subnets  = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

# It has no listener.
resource "aws_lb" "idle" {
  name     = "idle"
  internal = true
  subnets  = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_listener" "public_https" {
  load_balancer_arn = aws_lb.public.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/0f0f0f0f-0000-4000-8000-000000000001"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

resource "aws_lb_listener" "public_http" {
  load_balancer_arn = aws_lb.public.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

resource "aws_lb_listener" "internal_http" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

# Its load balancer stands elsewhere.
resource "aws_lb_listener" "elsewhere" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shared/0123456789abcdef"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

variable "blue" {
  type    = bool
  default = true
}

# A plan shows both names and not the condition; its configuration shows the condition, too.
resource "aws_lb_listener" "either" {
  load_balancer_arn = var.blue ? aws_lb.public.arn : aws_lb.internal.arn
  port              = 8080
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

# --- Security groups ---

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0aaaaaaaaaaaaaaa1"
}

# The same name, in another Region.
resource "aws_security_group" "web_ireland" {
  provider = aws.ireland
  name     = "web"
  vpc_id   = "vpc-0bbbbbbbbbbbbbbb1"
}

resource "aws_vpc_security_group_ingress_rule" "web_https" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "web_telnet" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 23
  to_port           = 23
}

resource "aws_vpc_security_group_ingress_rule" "ireland_https" {
  provider          = aws.ireland
  security_group_id = aws_security_group.web_ireland.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# In two groups of this plan, and in one that stands elsewhere.
resource "aws_lb" "grouped" {
  name            = "grouped"
  internal        = false
  subnets         = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
  security_groups = [aws_security_group.web.id, "sg-0ccccccccccccccc1"]
}

# --- Databases and their parameter groups ---

resource "aws_db_parameter_group" "forced" {
  name   = "forced"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "lax" {
  name   = "lax"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

# A group of the same name, in another Region, which forces it.
resource "aws_db_parameter_group" "lax_ireland" {
  provider = aws.ireland
  name     = "lax"
  family   = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "forced" {
  identifier           = "forced"
  engine               = "postgres"
  instance_class       = "db.t4g.micro"
  allocated_storage    = 20
  username             = "app"
  password             = "example-password"
  storage_encrypted    = true
  kms_key_id           = aws_kms_key.shared.arn
  parameter_group_name = aws_db_parameter_group.forced.name
}

# By name: the one of its own Region.
resource "aws_db_instance" "lax" {
  identifier           = "lax"
  engine               = "postgres"
  instance_class       = "db.t4g.micro"
  allocated_storage    = 20
  username             = "app"
  password             = "example-password"
  storage_encrypted    = true
  kms_key_id           = aws_kms_key.shared.arn
  parameter_group_name = "lax"
}

# A group that stands elsewhere.
resource "aws_db_instance" "elsewhere" {
  identifier           = "elsewhere"
  engine               = "postgres"
  instance_class       = "db.t4g.micro"
  allocated_storage    = 20
  username             = "app"
  password             = "example-password"
  storage_encrypted    = true
  kms_key_id           = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-4333-8444-555555555555"
  parameter_group_name = "shared"
}

# No group: AWS takes its own.
resource "aws_db_instance" "plain" {
  identifier        = "plain"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "app"
  password          = "example-password"
  storage_encrypted = true
}

# --- Keys and their users ---

resource "aws_kms_key" "shared" {
  description         = "two databases and a queue"
  enable_key_rotation = true
}

resource "aws_kms_key" "still" {
  description = "one queue"
}

resource "aws_kms_key" "unused" {
  description         = "none"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "shared" {
  name              = "shared"
  kms_master_key_id = aws_kms_key.shared.id
}

resource "aws_sqs_queue" "still" {
  name              = "still"
  kms_master_key_id = aws_kms_key.still.id

  tags = {
    data-class = "pii"
  }
}
