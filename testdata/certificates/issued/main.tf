# Certificates that ACM issues: how they are validated, what their keys are, and whether the next one is there before the last one goes.
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

# As it should be.
resource "aws_acm_certificate" "shop" {
  domain_name               = "shop.example.com"
  subject_alternative_names = ["*.shop.example.com"]
  validation_method         = "DNS"
  key_algorithm             = "EC_prime256v1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "shop" {
  for_each = {
    for option in aws_acm_certificate.shop.domain_validation_options : option.domain_name => {
      name   = option.resource_record_name
      record = option.resource_record_value
      type   = option.resource_record_type
    }
  }

  zone_id = "Z0123456789EXAMPLE00"
  name    = each.value.name
  type    = each.value.type
  ttl     = 60
  records = [each.value.record]
}

resource "aws_acm_certificate_validation" "shop" {
  certificate_arn         = aws_acm_certificate.shop.arn
  validation_record_fqdns = [for record in aws_route53_record.shop : record.fqdn]
}

# Nobody waits for the validation; its records are there.
resource "aws_acm_certificate" "records_only" {
  domain_name       = "records.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "records_only" {
  for_each = {
    for option in aws_acm_certificate.records_only.domain_validation_options : option.domain_name => option
  }

  zone_id = "Z0123456789EXAMPLE00"
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  ttl     = 60
  records = [each.value.resource_record_value]
}

# One domain, and its one record.
resource "aws_acm_certificate" "one_record" {
  domain_name       = "one.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "one_record" {
  zone_id = "Z0123456789EXAMPLE00"
  name    = tolist(aws_acm_certificate.one_record.domain_validation_options)[0].resource_record_name
  type    = tolist(aws_acm_certificate.one_record.domain_validation_options)[0].resource_record_type
  ttl     = 60
  records = [tolist(aws_acm_certificate.one_record.domain_validation_options)[0].resource_record_value]
}

# The records are in the DNS of somebody else, and this plan waits for them.
resource "aws_acm_certificate" "elsewhere" {
  domain_name       = "elsewhere.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "elsewhere" {
  certificate_arn = aws_acm_certificate.elsewhere.arn
}

# Nothing validates it, and a change of its domain deletes it first.
resource "aws_acm_certificate" "alone" {
  domain_name       = "alone.example.com"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "by_mail" {
  domain_name       = "mail.example.com"
  validation_method = "EMAIL"

  lifecycle {
    create_before_destroy = true
  }
}

# CloudFront validates its own certificates so, and renews them.
resource "aws_acm_certificate" "by_http" {
  domain_name       = "http.example.com"
  validation_method = "HTTP"

  lifecycle {
    create_before_destroy = true
  }
}

# Without a method, ACM sends mails too.
resource "aws_acm_certificate" "method_unset" {
  domain_name = "unset.example.com"

  lifecycle {
    create_before_destroy = false
  }
}

# A private CA needs no validation.
resource "aws_acm_certificate" "private" {
  domain_name               = "internal.example.com"
  certificate_authority_arn = "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acmpca_certificate_authority" "internal" {
  type = "ROOT"

  certificate_authority_configuration {
    key_algorithm     = "RSA_4096"
    signing_algorithm = "SHA512WITHRSA"

    subject {
      common_name = "internal.example.com"
    }
  }
}

resource "aws_acm_certificate" "private_of_this_plan" {
  domain_name               = "own.example.com"
  certificate_authority_arn = aws_acmpca_certificate_authority.internal.arn

  lifecycle {
    create_before_destroy = true
  }
}

# How it is validated is known after apply.
resource "terraform_data" "method" {
  input = "DNS"
}

resource "aws_acm_certificate" "later" {
  domain_name       = "later.example.com"
  validation_method = terraform_data.method.output

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "small_key" {
  domain_name       = "small.example.com"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "small_key" {
  certificate_arn = aws_acm_certificate.small_key.arn
}
