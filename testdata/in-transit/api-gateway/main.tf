# Domain names of API Gateway, and what its integrations send requests to.
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
}

resource "terraform_data" "unknown" {
}

# Domain names of REST APIs.
resource "aws_api_gateway_domain_name" "good" {
  domain_name              = "good.example.com"
  regional_certificate_arn = local.certificate
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "old" {
  domain_name     = "old.example.com"
  certificate_arn = local.certificate
  security_policy = "TLS_1_0"
}

resource "aws_api_gateway_domain_name" "old_inside" {
  domain_name     = "inside.example.com"
  certificate_arn = local.certificate
  security_policy = "TLS_1_0"

  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

# Nobody checked what API Gateway takes then.
resource "aws_api_gateway_domain_name" "unset" {
  domain_name              = "unset.example.com"
  regional_certificate_arn = local.certificate

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_domain_name" "unknown" {
  domain_name              = "unknown.example.com"
  regional_certificate_arn = local.certificate
  security_policy          = terraform_data.unknown.id

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# Of HTTP and WebSocket APIs: the provider takes no other policy.
resource "aws_apigatewayv2_domain_name" "good" {
  domain_name = "http.example.com"

  domain_name_configuration {
    certificate_arn = local.certificate
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

# The default endpoint has a policy that the provider cannot change.
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders"
  protocol_type = "HTTP"
}

# Integrations of a REST API.
resource "aws_api_gateway_integration" "plain" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "GET"
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "http://backend.example.com/orders"
}

resource "aws_api_gateway_integration" "plain_inside" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "PUT"
  type                    = "HTTP"
  integration_http_method = "PUT"
  uri                     = "http://inside.example.com/orders"
  connection_type         = "VPC_LINK"
  connection_id           = "a1b2c3"
}

resource "aws_api_gateway_integration" "unchecked" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "https://backend.example.com/orders"

  tls_config {
    insecure_skip_verification = true
  }
}

resource "aws_api_gateway_integration" "good" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "DELETE"
  type                    = "HTTP_PROXY"
  integration_http_method = "DELETE"
  uri                     = "https://backend.example.com/orders"
}

resource "aws_api_gateway_integration" "unknown" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "HEAD"
  type                    = "HTTP_PROXY"
  integration_http_method = "HEAD"
  uri                     = terraform_data.unknown.id
}

# A service of AWS, whose address the plan does not tell, and no backend at all.
resource "aws_api_gateway_integration" "function" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "PATCH"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${terraform_data.unknown.id}/invocations"
}

resource "aws_api_gateway_integration" "mock" {
  rest_api_id = "a1b2c3d4e5"
  resource_id = "a1b2c3"
  http_method = "OPTIONS"
  type        = "MOCK"
}

# Of an HTTP API.
resource "aws_apigatewayv2_integration" "plain" {
  api_id             = aws_apigatewayv2_api.orders.id
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = "http://backend.example.com/orders"
}

resource "aws_apigatewayv2_integration" "good" {
  api_id             = aws_apigatewayv2_api.orders.id
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = "https://backend.example.com/orders"
}

resource "aws_lb" "inside" {
  name     = "inside"
  internal = true
  subnets  = ["subnet-11111111", "subnet-22222222"]
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# Through a VPC link: HTTP without a tls_config, and HTTPS with one.
resource "aws_apigatewayv2_integration" "link_plain" {
  api_id             = aws_apigatewayv2_api.orders.id
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = aws_lb_listener.inside.arn
  connection_type    = "VPC_LINK"
  connection_id      = "a1b2c3"
}

resource "aws_apigatewayv2_integration" "link_checked" {
  api_id             = aws_apigatewayv2_api.orders.id
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = aws_lb_listener.inside.arn
  connection_type    = "VPC_LINK"
  connection_id      = "a1b2c3"

  tls_config {
    server_name_to_verify = "inside.example.com"
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id           = aws_apigatewayv2_api.orders.id
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-central-1:111122223333:function:orders"
}
