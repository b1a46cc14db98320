# One is renewed, and another gets one that ends soon; one is validated by e-mail from now on, and the record of the other goes.
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

resource "aws_acm_certificate" "turned" {
  domain_name       = "turned.example.com"
  validation_method = "EMAIL"

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

  tags = {
    team = "shop"
  }
}

resource "aws_iam_server_certificate" "renewed" {
  name             = "renewed"
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

resource "aws_iam_server_certificate" "aged" {
  name             = "aged"
  private_key      = "dummy"
  certificate_body = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBTzCB9qADAgECAhR/5vshXAESjlVBqrTfel4ESIQkZDAKBggqhkjOPQQDAjAf
    MR0wGwYDVQQDDBRpbnRlcm5hbC5leGFtcGxlLmNvbTAeFw0yNjAxMDEwMDAwMDBa
    Fw00NTAxMDEwMDAwMDBaMB8xHTAbBgNVBAMMFGludGVybmFsLmV4YW1wbGUuY29t
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEX/KVCpArNvusQN7EKODOrSOg5bnx
    TvJuFXkC73L/UDSy7YUxlyDAyMje8PYJ2rmQ6jtegJoobKe7S3qYo5Lw+6MQMA4w
    DAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNIADBFAiEA9SHI5Wy2PsT6UbS2yX++
    lZR1+7cLPqp+uND4CCIODIcCIA7MDsPDq8GnTrjS5LYzgE5jV4bZsZVf/Z62uDje
    Sj/h
    -----END CERTIFICATE-----
  PEM
}
