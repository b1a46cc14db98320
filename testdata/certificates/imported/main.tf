# Certificates that somebody brings: into ACM, IAM, API Gateway and others. Plans are judged on 2026-06-01. The private keys are no keys:
# nothing checks them before the apply. `make-pem` has made the certificates.
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

# A renewed one that a public CA has issued; medium, for nobody renews it again.
resource "aws_acm_certificate" "good" {
  certificate_body  = file("${path.module}/good.pem")
  certificate_chain = file("${path.module}/root.pem")
  private_key       = "dummy"
}

# The chain stands behind the certificate, in one text; the root in it is signed by itself, and may be.
resource "aws_acm_certificate" "good_with_chain" {
  certificate_body = file("${path.module}/good-with-chain.pem")
  private_key      = "dummy"
}

resource "aws_acm_certificate" "ends_soon" {
  certificate_body = file("${path.module}/ends-soon.pem")
  private_key      = "dummy"
}

resource "aws_acm_certificate" "expired" {
  certificate_body = file("${path.module}/expired.pem")
  private_key      = "dummy"
}

resource "aws_acm_certificate" "self_signed" {
  certificate_body = file("${path.module}/self-signed.pem")
  private_key      = "dummy"
}

resource "aws_acm_certificate" "small_key" {
  certificate_body = file("${path.module}/small-key.pem")
  private_key      = "dummy"
}

resource "aws_acm_certificate" "sha1" {
  certificate_body = file("${path.module}/sha1.pem")
  private_key      = "dummy"
}

# SHA-256, which RSASSA-PSS names among its parameters.
resource "aws_acm_certificate" "pss" {
  certificate_body = file("${path.module}/pss.pem")
  private_key      = "dummy"
}

# What another tool puts there, after apply.
resource "terraform_data" "issued" {
  input = "an order"
}

resource "aws_acm_certificate" "later" {
  certificate_body = terraform_data.issued.output
  private_key      = "dummy"
}

# No certificate at all: AWS will refuse it.
resource "aws_acm_certificate" "broken" {
  certificate_body = "dummy"
  private_key      = "dummy"
}

# The root by which a VPN endpoint checks its clients signs itself, as roots do.
resource "aws_acm_certificate" "clients" {
  certificate_body = file("${path.module}/root.pem")
  private_key      = "dummy"
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  server_certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
  client_cidr_block      = "10.9.0.0/22"

  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = aws_acm_certificate.clients.arn
  }

  connection_log_options {
    enabled = false
  }
}

# A root whose use is in no plan of ours: it may be right.
resource "aws_acm_certificate" "root" {
  certificate_body = file("${path.module}/root.pem")
  private_key      = "dummy"
}

# The usual command of OpenSSL makes a CA of what a server then shows.
resource "aws_acm_certificate" "root_of_server" {
  certificate_body = file("${path.module}/root.pem")
  private_key      = "dummy"
}

resource "aws_lb_listener_certificate" "root_of_server" {
  listener_arn    = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/0123456789abcdef"
  certificate_arn = aws_acm_certificate.root_of_server.arn
}

resource "aws_iam_server_certificate" "pay" {
  name_prefix      = "pay-"
  certificate_body = file("${path.module}/good-ec.pem")
  private_key      = "dummy"
}

resource "aws_iam_server_certificate" "internal" {
  name_prefix       = "internal-"
  certificate_body  = file("${path.module}/self-signed.pem")
  certificate_chain = file("${path.module}/self-signed.pem")
  private_key       = "dummy"
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name             = "api.example.com"
  certificate_name        = "api"
  certificate_body        = file("${path.module}/ends-soon.pem")
  certificate_chain       = file("${path.module}/root.pem")
  certificate_private_key = "dummy"
}

# Certificates in IAM that this configuration does not manage.
resource "aws_lb_listener_certificate" "in_iam" {
  listener_arn    = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/0123456789abcdef"
  certificate_arn = "arn:aws:iam::111122223333:server-certificate/old"
}

resource "aws_elb" "classic" {
  name    = "classic"
  subnets = ["subnet-0123456789abcdef0"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 443
    instance_protocol  = "https"
    ssl_certificate_id = "arn:aws:iam::111122223333:server-certificate/old"
  }
}

# One of this plan has its own finding; who uses it has none.
resource "aws_lb_listener_certificate" "managed" {
  listener_arn    = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/0123456789abcdef"
  certificate_arn = aws_iam_server_certificate.pay.arn
}

# By what DMS checks a database: of a bundle, one that holds is enough; here, the only one has ended.
resource "aws_dms_certificate" "bundle" {
  certificate_id  = "bundle"
  certificate_pem = "${file("${path.module}/expired.pem")}${file("${path.module}/root.pem")}"
}

resource "aws_dms_certificate" "old" {
  certificate_id  = "old"
  certificate_pem = file("${path.module}/expired.pem")
}

resource "aws_iot_certificate" "device" {
  active          = true
  certificate_pem = file("${path.module}/small-key.pem")
}

resource "aws_transfer_certificate" "partner" {
  usage       = "SIGNING"
  certificate = file("${path.module}/ends-soon.pem")
}
