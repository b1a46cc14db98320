# Nothing changes: what was wrong is so still.
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
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_zone" "example" {
  name = "example.com"
}

resource "aws_route53_record" "shop" {
  for_each = {
    for option in aws_acm_certificate.shop.domain_validation_options : option.domain_name => {
      name   = option.resource_record_name
      record = option.resource_record_value
      type   = option.resource_record_type
    }
  }

  zone_id = aws_route53_zone.example.zone_id
  name    = each.value.name
  type    = each.value.type
  ttl     = 60
  records = [each.value.record]
}

resource "aws_acm_certificate" "turned" {
  domain_name       = "turned.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_server_certificate" "ends" {
  name             = "ends"
  private_key      = "dummy"
  certificate_body = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBRjCB7aADAgECAhQppck2Lrp3ttjflw9zBJ3Bp92DwDAKBggqhkjOPQQDAjAa
    MRgwFgYDVQQDDA9FeGFtcGxlIFJvb3QgQ0EwHhcNMjYwMTAxMDAwMDAwWhcNMjYw
    NjIwMDAwMDAwWjAbMRkwFwYDVQQDDBBzb29uLmV4YW1wbGUuY29tMFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAEDZAMZFsFINtsyy4+ZWdPuPpb5D94CPQfXa+3KAx8
    9eXbTaPvLNTz7R8COwglsNOmdhg0wrlGL8a7ZjWFkhwXpqMQMA4wDAYDVR0TAQH/
    BAIwADAKBggqhkjOPQQDAgNIADBFAiBZw+HUjWWMwNM1j8pTL7NItLCW0UImg0jT
    eZcpFopZnQIhAInnmJcq1MgpC73eELbOej5DeeLOvPGrVc7X8/fYje4z
    -----END CERTIFICATE-----
  PEM
}

resource "aws_iam_server_certificate" "renewed" {
  name             = "renewed"
  private_key      = "dummy"
  certificate_body = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBRDCB7KADAgECAhQmYh5KcYZGh1ZkQz7GefHAueIaDjAKBggqhkjOPQQDAjAa
    MRgwFgYDVQQDDA9FeGFtcGxlIFJvb3QgQ0EwHhcNMjYwMTAxMDAwMDAwWhcNMjYw
    NDMwMDAwMDAwWjAaMRgwFgYDVQQDDA9vbGQuZXhhbXBsZS5jb20wWTATBgcqhkjO
    PQIBBggqhkjOPQMBBwNCAAQigsnlrEpvwg4uvUMetXq2WOh2Rkgdier8rn4V8pAZ
    WfnZ+5LjPJ+yrugnk5fyEXZDuAeVzXC58oZGPi0vxyvWoxAwDjAMBgNVHRMBAf8E
    AjAAMAoGCCqGSM49BAMCA0cAMEQCIFWIK76nxDXIzF4CjMtZNNYjzSq4KPSQaPkS
    9rBZ8IEWAiA/pinf92o9t8Im5SUFkf6pZIpy0yg14UHMJZUR4Atufg==
    -----END CERTIFICATE-----
  PEM
}

resource "aws_iam_server_certificate" "aged" {
  name             = "aged"
  private_key      = "dummy"
  certificate_body = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBRTCB7aADAgECAhRshKiaZ5eauCRQcbu7FZVUEsDtozAKBggqhkjOPQQDAjAa
    MRgwFgYDVQQDDA9FeGFtcGxlIFJvb3QgQ0EwHhcNMjYwMTAxMDAwMDAwWhcNNDUw
    MTAxMDAwMDAwWjAbMRkwFwYDVQQDDBBzaG9wLmV4YW1wbGUuY29tMFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAEGfp4KonaHeXk+Q8L1RHvXrrgyeAZGOPBc2F050I+
    uT4NIuJVzIUYRKb09nJDspVwRAHaj1uoxbJpNLRHee3QR6MQMA4wDAYDVR0TAQH/
    BAIwADAKBggqhkjOPQQDAgNHADBEAiA5pSYbVKzwU+Wo1NAuMF/I/ZRWFjefmH7V
    01/ci9VLygIgVp9K7uCU/x9IA/lf4ZocnU0bscxDpVANqhozJUzBZ6Q=
    -----END CERTIFICATE-----
  PEM
}
