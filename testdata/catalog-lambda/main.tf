# Functions: what they hold at rest is their environment, where they have one.
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

resource "aws_kms_key" "person" {
  description         = "pii"
  enable_key_rotation = true

  tags = {
    data-class = "pii"
  }
}

resource "aws_kms_key" "everyday" {
  description         = "operational"
  enable_key_rotation = true

  tags = {
    data-class = "operational"
  }
}

resource "aws_lambda_function" "unset" {
  function_name = "unset"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"


  environment {
    variables = {
      STAGE = "example"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_lambda_function" "unset_operational" {
  function_name = "unset-operational"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"


  environment {
    variables = {
      STAGE = "example"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_lambda_function" "own_key" {
  function_name = "own-key"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"
  kms_key_arn   = aws_kms_key.person.arn

  environment {
    variables = {
      STAGE = "example"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_lambda_function" "own_key_elsewhere" {
  function_name = "own-key-elsewhere"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"
  kms_key_arn   = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"

  environment {
    variables = {
      STAGE = "example"
    }
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_lambda_function" "wrong_key" {
  function_name = "wrong-key"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"
  kms_key_arn   = aws_kms_key.everyday.arn

  environment {
    variables = {
      STAGE = "example"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_lambda_function" "untagged" {
  function_name = "untagged"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"


  environment {
    variables = {
      STAGE = "example"
    }
  }
}

# No environment: nothing to protect.
resource "aws_lambda_function" "no_environment" {
  function_name = "no-environment"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"

  tags = {
    data-class = "pii"
  }
}

# That there is an environment is known, although a value in it is not.
resource "aws_lambda_function" "value_unknown" {
  function_name = "value-unknown"
  role          = "arn:aws:iam::111122223333:role/function"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/example:1"

  environment {
    variables = {
      FUNCTION = aws_lambda_function.own_key.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}

# A name for a function holds nothing.
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.own_key.function_name
  function_version = "1"
}
