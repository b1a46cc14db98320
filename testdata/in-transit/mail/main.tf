# Mail that SES sends and receives: TLS is asked for only where it is required.
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

# Known only after apply.
resource "terraform_data" "policy" {
  input = "Require"
}

resource "aws_ses_configuration_set" "required" {
  name = "required"

  delivery_options {
    tls_policy = "Require"
  }
}

resource "aws_ses_configuration_set" "optional" {
  name = "optional"

  delivery_options {
    tls_policy = "Optional"
  }
}

# The provider writes `Optional`.
resource "aws_ses_configuration_set" "no_policy" {
  name = "no-policy"

  delivery_options {}
}

resource "aws_ses_configuration_set" "no_block" {
  name = "no-block"
}

resource "aws_ses_configuration_set" "told_later" {
  name = "told-later"

  delivery_options {
    tls_policy = terraform_data.policy.output
  }
}

resource "aws_sesv2_configuration_set" "required" {
  configuration_set_name = "required-v2"

  delivery_options {
    tls_policy = "REQUIRE"
  }

  tracking_options {
    custom_redirect_domain = "links.example.com"
    https_policy           = "REQUIRE"
  }
}

resource "aws_sesv2_configuration_set" "optional" {
  configuration_set_name = "optional-v2"

  delivery_options {
    tls_policy = "OPTIONAL"
  }

  tracking_options {
    custom_redirect_domain = "links.example.com"
    https_policy           = "OPTIONAL"
  }
}

# A pool of senders says nothing of TLS.
resource "aws_sesv2_configuration_set" "no_policy" {
  configuration_set_name = "no-policy-v2"

  delivery_options {
    sending_pool_name = "everyday"
  }

  tracking_options {
    custom_redirect_domain = "links.example.com"
  }
}

resource "aws_sesv2_configuration_set" "no_block" {
  configuration_set_name = "no-block-v2"
}

# Links keep the protocol that the author of the mail gave them.
resource "aws_sesv2_configuration_set" "opens_only" {
  configuration_set_name = "opens-only-v2"

  delivery_options {
    tls_policy = "REQUIRE"
  }

  tracking_options {
    custom_redirect_domain = "links.example.com"
    https_policy           = "REQUIRE_OPEN_ONLY"
  }
}

resource "aws_sesv2_configuration_set" "told_later" {
  configuration_set_name = "told-later-v2"

  delivery_options {
    tls_policy = upper(terraform_data.policy.output)
  }

  tracking_options {
    custom_redirect_domain = "links.example.com"
    https_policy           = upper(terraform_data.policy.output)
  }
}

resource "aws_ses_receipt_rule" "required" {
  name          = "required"
  rule_set_name = "main"
  enabled       = true
  tls_policy    = "Require"
}

resource "aws_ses_receipt_rule" "optional" {
  name          = "optional"
  rule_set_name = "main"
  enabled       = true
  tls_policy    = "Optional"
}

resource "aws_ses_receipt_rule" "unset" {
  name          = "unset"
  rule_set_name = "main"
  enabled       = true
}

# These two receive nothing.
resource "aws_ses_receipt_rule" "switched_off" {
  name          = "switched-off"
  rule_set_name = "main"
  enabled       = false
}

resource "aws_ses_receipt_rule" "not_switched_on" {
  name          = "not-switched-on"
  rule_set_name = "main"
}

resource "aws_ses_receipt_rule" "told_later" {
  name          = "told-later"
  rule_set_name = "main"
  enabled       = true
  tls_policy    = terraform_data.policy.output
}
