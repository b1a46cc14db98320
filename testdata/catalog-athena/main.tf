# Athena workgroups: how query results are encrypted, and whether clients may choose otherwise.
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

resource "aws_kms_key" "money" {
  description         = "financial"
  enable_key_rotation = true

  tags = {
    data-class = "financial"
  }
}

# The bucket decides.
resource "aws_athena_workgroup" "unset_pii" {
  name = "unset-pii"

  tags = {
    data-class = "pii"
  }
}

resource "aws_athena_workgroup" "s3_operational" {
  name = "s3-operational"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_athena_workgroup" "s3_public" {
  name = "s3-public"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }

  tags = {
    data-class = "public"
  }
}

resource "aws_athena_workgroup" "kms_pii" {
  name = "kms-pii"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.person.arn
      }
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_athena_workgroup" "cse_financial" {
  name = "cse-financial"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "CSE_KMS"
        kms_key_arn       = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    }
  }

  tags = {
    data-class = "financial"
  }
}

# Clients may choose another encryption, or none.
resource "aws_athena_workgroup" "clients_pii" {
  name = "clients-pii"

  configuration {
    enforce_workgroup_configuration = false

    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.person.arn
      }
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_athena_workgroup" "enforced_pii" {
  name = "enforced-pii"

  configuration {
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.person.arn
      }
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_athena_workgroup" "managed_operational" {
  name = "managed-operational"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3"
      }
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_athena_workgroup" "managed_pii" {
  name = "managed-pii"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3"
      }
    }
  }

  tags = {
    data-class = "pii"
  }
}

# SSE_KMS without a key.
resource "aws_athena_workgroup" "keyless_operational" {
  name = "keyless-operational"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
      }
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_athena_workgroup" "keyless_pii" {
  name = "keyless-pii"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
      }
    }
  }

  tags = {
    data-class = "pii"
  }
}

# The key of another category.
resource "aws_athena_workgroup" "wrong_key_financial" {
  name = "wrong-key-financial"

  configuration {
    result_configuration {
      output_location = "s3://results.example.com/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.person.arn
      }
    }
  }

  tags = {
    data-class = "financial"
  }
}
