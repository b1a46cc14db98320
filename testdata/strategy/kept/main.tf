# A shop that keeps both documents to the letter: the encryption strategy (data categories, keys, databases, TLS, certificates)
# and encryption in transit (listeners, security groups, edge services, VPN, databases, further services). Nothing to report.
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

  default_tags {
    tags = {
      managed-by = "terraform"
    }
  }
}

provider "aws" {
  alias                       = "us_east_1"
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = {
      managed-by = "terraform"
    }
  }
}

variable "account_id" {
  type    = string
  default = "111122223333"
}

# --- Keys: one for each category, as the hierarchy says -------------------------------------------------------------------

locals {
  keys = {
    pii       = "pii"
    financial = "financial"
    logs      = "audit-logs"
    secrets   = "operational"
    backup    = "operational"
    general   = "operational"
  }
}

resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = "cmk-${each.key}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIAMUserPermissions"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "AllowAppUsage"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.app.arn }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
      {
        Sid       = "AllowCloudTrailUsage"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      },
    ]
  })

  tags = {
    data-class = each.value
  }
}

resource "aws_kms_alias" "this" {
  for_each = local.keys

  name          = "alias/cmk-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}

resource "aws_iam_role" "app" {
  name = "shop-app"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# --- Data at rest ---------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "customers" {
  bucket = "shop-customers.example.com"

  tags = {
    data-class = "pii"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "customers" {
  bucket = aws_s3_bucket.customers.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this["pii"].arn
    }
  }
}

data "aws_iam_policy_document" "customers" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.customers.arn, "${aws_s3_bucket.customers.arn}/*"]

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

resource "aws_s3_bucket_policy" "customers" {
  bucket = aws_s3_bucket.customers.id
  policy = data.aws_iam_policy_document.customers.json
}

resource "aws_dynamodb_table" "transactions" {
  name         = "shop-transactions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this["financial"].arn
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/shop/app"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.this["logs"].arn

  tags = {
    data-class = "audit-logs"
  }
}

resource "aws_secretsmanager_secret" "mailer" {
  name       = "shop/mailer"
  kms_key_id = aws_kms_key.this["secrets"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_backup_vault" "nightly" {
  name        = "shop-nightly"
  kms_key_arn = aws_kms_key.this["backup"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_ebs_volume" "search" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = aws_kms_key.this["general"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sqs_queue" "orders" {
  name              = "shop-orders"
  kms_master_key_id = aws_kms_key.this["general"].arn

  tags = {
    data-class = "operational"
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.orders.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# --- Databases ------------------------------------------------------------------------------------------------------------

resource "aws_db_parameter_group" "main" {
  name   = "shop-main"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "main" {
  identifier                  = "shop-main"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "shop"
  manage_master_user_password = true
  # The managed password is a secret.
  master_user_secret_kms_key_id = aws_kms_key.this["secrets"].arn
  parameter_group_name          = aws_db_parameter_group.main.name
  final_snapshot_identifier     = "shop-main-last"

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
    value = "true"
  }
}

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
  skip_final_snapshot                 = false
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

resource "aws_lb_target_group" "app" {
  name     = "shop-app"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = "vpc-11111111"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.shop.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.shop.arn
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

resource "aws_elb" "legacy" {
  name     = "shop-legacy"
  internal = true
  subnets  = ["subnet-11111111"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8443
    instance_protocol  = "https"
    ssl_certificate_id = aws_acm_certificate_validation.shop.certificate_arn
  }
}

resource "aws_lb_ssl_negotiation_policy" "legacy" {
  name          = "tls12"
  load_balancer = aws_elb.legacy.id
  lb_port       = 443

  attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

# --- Security groups ------------------------------------------------------------------------------------------------------

resource "aws_security_group" "lb" {
  name        = "shop-lb"
  description = "HTTPS from the world; HTTP is redirected"
  vpc_id      = "vpc-11111111"
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.lb.id
  description       = "HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "redirect" {
  security_group_id = aws_security_group.lb.id
  description       = "redirected to HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_security_group" "app" {
  name        = "shop-app"
  description = "HTTPS from the load balancer"
  vpc_id      = "vpc-11111111"

  ingress {
    description     = "HTTPS"
    protocol        = "tcp"
    from_port       = 8443
    to_port         = 8443
    security_groups = [aws_security_group.lb.id]
  }
}

# --- Edge services --------------------------------------------------------------------------------------------------------

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  aliases = ["www.example.com"]

  origin {
    domain_name = aws_lb.shop.dns_name
    origin_id   = "shop"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "shop"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.hsts.id
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.cdn.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_response_headers_policy" "hsts" {
  name = "hsts"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = true
      preload                    = true
      override                   = true
    }
  }
}

# --- Certificates ---------------------------------------------------------------------------------------------------------

resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_acm_certificate" "shop" {
  domain_name               = "*.example.com"
  subject_alternative_names = ["example.com"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "shop" {
  for_each = {
    for dvo in aws_acm_certificate.shop.domain_validation_options : dvo.domain_name => {
      name   = dvo.resource_record_name
      record = dvo.resource_record_value
      type   = dvo.resource_record_type
    }
  }

  zone_id = aws_route53_zone.main.zone_id
  name    = each.value.name
  type    = each.value.type
  records = [each.value.record]
  ttl     = 60
}

resource "aws_acm_certificate_validation" "shop" {
  certificate_arn         = aws_acm_certificate.shop.arn
  validation_record_fqdns = [for record in aws_route53_record.shop : record.fqdn]
}

resource "aws_acm_certificate" "cdn" {
  provider          = aws.us_east_1
  domain_name       = "www.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "cdn" {
  for_each = {
    for dvo in aws_acm_certificate.cdn.domain_validation_options : dvo.domain_name => {
      name   = dvo.resource_record_name
      record = dvo.resource_record_value
      type   = dvo.resource_record_type
    }
  }

  zone_id = aws_route53_zone.main.zone_id
  name    = each.value.name
  type    = each.value.type
  records = [each.value.record]
  ttl     = 60
}

resource "aws_acm_certificate_validation" "cdn" {
  provider                = aws.us_east_1
  certificate_arn         = aws_acm_certificate.cdn.arn
  validation_record_fqdns = [for record in aws_route53_record.cdn : record.fqdn]
}

# --- Connections to other networks ----------------------------------------------------------------------------------------

resource "aws_vpn_gateway" "main" {
  vpc_id = "vpc-11111111"
}

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
  type       = "ipsec.1"
}

resource "aws_vpn_connection" "office" {
  vpn_gateway_id      = aws_vpn_gateway.main.id
  customer_gateway_id = aws_customer_gateway.office.id
  type                = "ipsec.1"

  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_phase1_dh_group_numbers      = [19, 20]
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase1_integrity_algorithms  = ["SHA2-256"]
  tunnel1_phase2_dh_group_numbers      = [19, 20]
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_integrity_algorithms  = ["SHA2-256"]
  tunnel2_ike_versions                 = ["ikev2"]
  tunnel2_phase1_dh_group_numbers      = [19, 20]
  tunnel2_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase1_integrity_algorithms  = ["SHA2-256"]
  tunnel2_phase2_dh_group_numbers      = [19, 20]
  tunnel2_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase2_integrity_algorithms  = ["SHA2-256"]
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
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"

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
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name              = "api.example.com"
  regional_certificate_arn = aws_acm_certificate_validation.shop.certificate_arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}
