# The same shop with every anti-pattern of both documents, each one once. A resource has one mistake, which its comment names, and is
# otherwise as it should be.
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

variable "account_id" {
  type    = string
  default = "111122223333"
}

# --- Keys -----------------------------------------------------------------------------------------------------------------

locals {
  # Everything but `cmk-backup`, which nothing uses.
  keys = {
    pii       = "pii"
    financial = "financial"
    logs      = "audit-logs"
    secrets   = "operational"
    general   = "operational"
  }

  root = {
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
}

# As it should be.
resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = "cmk-${each.key}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })

  tags = {
    managed-by = "terraform"
    data-class = each.value
  }
}

resource "aws_kms_alias" "this" {
  for_each = local.keys

  name          = "alias/cmk-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

# Never rotated.
resource "aws_kms_key" "unrotated" {
  description             = "No rotation"
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })

  tags = {
    managed-by = "terraform"
    data-class = "public"
  }
}

resource "aws_kms_alias" "unrotated" {
  name          = "alias/unrotated"
  target_key_id = aws_kms_key.unrotated.key_id
}

# Rotated every two years, and nobody says who manages it.
resource "aws_kms_key" "slow" {
  description             = "Rotated every two years"
  enable_key_rotation     = true
  rotation_period_in_days = 730
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })

  tags = {
    data-class = "public"
  }
}

resource "aws_kms_alias" "slow" {
  name          = "alias/slow"
  target_key_id = aws_kms_key.slow.key_id
}

# Gone after a week.
resource "aws_kms_key" "short" {
  description             = "Short waiting period"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })

  tags = {
    managed-by = "terraform"
    data-class = "public"
  }
}

resource "aws_kms_alias" "short" {
  name          = "alias/short"
  target_key_id = aws_kms_key.short.key_id
}

# Open to everyone.
resource "aws_kms_key" "open" {
  description             = "Open"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    managed-by = "terraform"
    data-class = "public"
  }
}

resource "aws_kms_alias" "open" {
  name          = "alias/open"
  target_key_id = aws_kms_key.open.key_id
}

# One key for health data and for payments: "a single KMS key for everything".
resource "aws_kms_key" "shared" {
  description             = "Health data, and payments too"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })

  tags = {
    managed-by = "terraform"
    data-class = "health"
  }
}

resource "aws_kms_alias" "shared" {
  name          = "alias/shared"
  target_key_id = aws_kms_key.shared.key_id
}

# For personal data, and with neither a policy of its own nor an alias.
resource "aws_kms_key" "bare" {
  description             = "Bare"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    managed-by = "terraform"
    data-class = "pii"
  }
}

# Nobody says what it is for, nor who manages it.
resource "aws_kms_key" "untagged" {
  description             = "Untagged"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [local.root] })
}

resource "aws_kms_alias" "untagged" {
  name          = "alias/untagged"
  target_key_id = aws_kms_key.untagged.key_id
}

# --- Data at rest ---------------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "tls_only" {
  for_each = toset(["profiles", "keyless", "health", "payments", "drop"])

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::shop-${each.key}.example.com", "arn:aws:s3:::shop-${each.key}.example.com/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# SSE-S3 for pii.
resource "aws_s3_bucket" "profiles" {
  bucket = "shop-profiles.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "profiles" {
  bucket = aws_s3_bucket.profiles.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "profiles" {
  bucket = aws_s3_bucket.profiles.id
  policy = data.aws_iam_policy_document.tls_only["profiles"].json
}

# No bucket key.
resource "aws_s3_bucket" "keyless" {
  bucket = "shop-keyless.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "keyless" {
  bucket = aws_s3_bucket.keyless.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this["pii"].arn
    }
  }
}

resource "aws_s3_bucket_policy" "keyless" {
  bucket = aws_s3_bucket.keyless.id
  policy = data.aws_iam_policy_document.tls_only["keyless"].json
}

# Health data under a key that is not in an HSM of its own: below the recommendation.
resource "aws_s3_bucket" "health" {
  bucket = "shop-health.example.com"

  tags = {
    data-class = "health"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "health" {
  bucket = aws_s3_bucket.health.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shared.arn
    }
  }
}

resource "aws_s3_bucket_policy" "health" {
  bucket = aws_s3_bucket.health.id
  policy = data.aws_iam_policy_document.tls_only["health"].json
}

# Payments under the key of health data.
resource "aws_s3_bucket" "payments" {
  bucket = "shop-payments.example.com"

  tags = {
    data-class = "financial"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "payments" {
  bucket = aws_s3_bucket.payments.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shared.arn
    }
  }
}

resource "aws_s3_bucket_policy" "payments" {
  bucket = aws_s3_bucket.payments.id
  policy = data.aws_iam_policy_document.tls_only["payments"].json
}

# Nobody says what it holds.
resource "aws_s3_bucket" "drop" {
  bucket = "shop-drop.example.com"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "drop" {
  bucket = aws_s3_bucket.drop.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this["general"].arn
    }
  }
}

resource "aws_s3_bucket_policy" "drop" {
  bucket = aws_s3_bucket.drop.id
  policy = data.aws_iam_policy_document.tls_only["drop"].json
}

# Two tags say different things.
resource "aws_ebs_volume" "search" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = aws_kms_key.this["general"].arn

  tags = {
    data-class = "operational"
    DataClass  = "public"
  }
}

# No policy: HTTP is let in.
resource "aws_sqs_queue" "orders" {
  name              = "shop-orders"
  kms_master_key_id = aws_kms_key.this["general"].arn

  tags = {
    data-class = "operational"
  }
}

# Under the key for everything else.
resource "aws_secretsmanager_secret" "mailer" {
  name       = "shop/mailer"
  kms_key_id = aws_kms_key.this["general"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = false
}

# --- Databases ------------------------------------------------------------------------------------------------------------

resource "aws_db_parameter_group" "forced" {
  name   = "shop-forced"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "unforced" {
  name   = "shop-unforced"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

locals {
  # One mistake a database.
  databases = {
    public      = { publicly_accessible = true }
    unprotected = { deletion_protection = false }
    forgetful   = { backup_retention_period = 1 }
    passwords   = { iam_database_authentication_enabled = false }
  }
}

resource "aws_db_instance" "this" {
  for_each = local.databases

  identifier                    = "shop-${each.key}"
  engine                        = "postgres"
  engine_version                = "16.4"
  instance_class                = "db.m6g.large"
  allocated_storage             = 100
  username                      = "shop"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.this["secrets"].arn
  parameter_group_name          = aws_db_parameter_group.forced.name
  final_snapshot_identifier     = "shop-${each.key}-last"
  storage_encrypted             = true
  kms_key_id                    = aws_kms_key.this["pii"].arn

  publicly_accessible                 = try(each.value.publicly_accessible, false)
  deletion_protection                 = try(each.value.deletion_protection, true)
  backup_retention_period             = try(each.value.backup_retention_period, 7)
  iam_database_authentication_enabled = try(each.value.iam_database_authentication_enabled, true)

  tags = {
    data-class = "pii"
  }
}

# Connections without TLS.
resource "aws_db_instance" "plain" {
  identifier                          = "shop-plain"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.this["secrets"].arn
  parameter_group_name                = aws_db_parameter_group.unforced.name
  final_snapshot_identifier           = "shop-plain-last"
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.this["pii"].arn
  publicly_accessible                 = false
  deletion_protection                 = true
  backup_retention_period             = 7
  iam_database_authentication_enabled = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_redshift_parameter_group" "reports" {
  name   = "shop-reports"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }
}

# SSL is not required.
resource "aws_redshift_cluster" "reports" {
  cluster_identifier                  = "shop-reports"
  node_type                           = "ra3.large"
  master_username                     = "shop"
  manage_master_password              = true
  master_password_secret_kms_key_id   = aws_kms_key.this["secrets"].arn
  cluster_parameter_group_name        = aws_redshift_parameter_group.reports.name
  encrypted                           = true
  kms_key_id                          = aws_kms_key.this["financial"].arn
  publicly_accessible                 = false
  automated_snapshot_retention_period = 7
  final_snapshot_identifier           = "shop-reports-last"

  tags = {
    data-class = "financial"
  }
}

# --- Load balancers -------------------------------------------------------------------------------------------------------

resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  internal           = false
  subnets            = ["subnet-11111111", "subnet-22222222"]
  security_groups    = [aws_security_group.lb.id]
}

# HTTP to the instances.
resource "aws_lb_target_group" "app" {
  name     = "shop-app"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-11111111"
}

# "TLS 1.2 only", says the strategy of this policy. It takes TLS 1.0.
resource "aws_lb_listener" "old_tls" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-4333-8444-555555555555"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# TLS 1.2, with ciphers that AWS does not recommend.
resource "aws_lb_listener" "weak_ciphers" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-2-2017-01"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-4333-8444-555555555555"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# Plain HTTP.
resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

# A classic load balancer whose listener has the policy that AWS gives it.
resource "aws_elb" "legacy" {
  name     = "shop-legacy"
  internal = true
  subnets  = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-4333-8444-555555555555"
  }
}

# --- Networks -------------------------------------------------------------------------------------------------------------

# A load balancer lets the world in on more than HTTPS.
resource "aws_security_group" "lb" {
  name        = "shop-lb"
  description = "HTTPS, and something else"
  vpc_id      = "vpc-11111111"

  ingress {
    description = "something else"
    protocol    = "tcp"
    from_port   = 9000
    to_port     = 9000
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# HTTP from the world to an instance.
resource "aws_security_group" "web" {
  name        = "shop-web"
  description = "HTTP to instances"
  vpc_id      = "vpc-11111111"

  ingress {
    description = "HTTP"
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpn_gateway" "main" {
  vpc_id = "vpc-11111111"
}

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
  type       = "ipsec.1"
}

# All algorithms of AWS.
resource "aws_vpn_connection" "office" {
  vpn_gateway_id      = aws_vpn_gateway.main.id
  customer_gateway_id = aws_customer_gateway.office.id
  type                = "ipsec.1"
}

# Without MACsec, where the port could have it.
resource "aws_dx_connection" "office" {
  name      = "shop-office"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}

# --- Edge services --------------------------------------------------------------------------------------------------------

locals {
  # One mistake a distribution: what viewers may speak, with which TLS, with which ciphers, and how the origin is asked.
  distributions = {
    http    = { viewers = "allow-all" }
    old-tls = { minimum = "TLSv1" }
    ciphers = { minimum = "TLSv1.2_2018" }
    origin  = { origin = "http-only" }
  }
}

resource "aws_cloudfront_distribution" "this" {
  for_each = local.distributions

  enabled = true
  aliases = ["${each.key}.example.com"]

  origin {
    domain_name = "origin.example.com"
    origin_id   = "shop"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = try(each.value.origin, "https-only")
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "shop"
    viewer_protocol_policy     = try(each.value.viewers, "redirect-to-https")
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-4333-8444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = try(each.value.minimum, "TLSv1.2_2021")
  }
}

# --- Certificates ---------------------------------------------------------------------------------------------------------

# Made by hand, signed by itself, for nineteen days more (on 2026-06-01), with a short key. The key was made for this test.
resource "aws_acm_certificate" "by_hand" {
  certificate_body = file("${path.module}/self-signed.pem")
  private_key      = file("${path.module}/self-signed.key.pem")

  lifecycle {
    create_before_destroy = true
  }
}

# Somebody has to read a mail for each renewal, and the old certificate goes before the new one is there.
resource "aws_acm_certificate" "by_mail" {
  domain_name       = "mail.example.com"
  validation_method = "EMAIL"
}

# DNS-validated, and nothing validates it.
resource "aws_acm_certificate" "unvalidated" {
  domain_name       = "new.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# --- Further services -----------------------------------------------------------------------------------------------------

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "shop-sessions"
  description                = "Sessions"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.this["general"].arn
  transit_encryption_enabled = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_opensearch_domain" "catalogue" {
  domain_name    = "shop-catalogue"
  engine_version = "OpenSearch_2.17"

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.this["general"].arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name              = "api.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-4333-8444-555555555555"
  security_policy          = "TLS_1_0"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# Deliveries by HTTP.
resource "aws_sns_topic_subscription" "shop" {
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:shop"
  protocol  = "http"
  endpoint  = "http://hooks.example.com/"
}
