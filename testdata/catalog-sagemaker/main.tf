# SageMaker: volumes of notebooks, endpoints and domains, and what they write into buckets.
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

# SageMaker's own key: AWS does not say whose account it is in.
resource "aws_sagemaker_notebook_instance" "unset_operational" {
  name          = "unset-operational"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_notebook_instance" "unset_public" {
  name          = "unset-public"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"

  tags = {
    data-class = "public"
  }
}

resource "aws_sagemaker_notebook_instance" "unset_pii" {
  name          = "unset-pii"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"

  tags = {
    data-class = "pii"
  }
}

resource "aws_sagemaker_notebook_instance" "cmk_pii" {
  name          = "cmk-pii"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"
  kms_key_id    = aws_kms_key.person.key_id

  tags = {
    data-class = "pii"
  }
}

resource "aws_sagemaker_notebook_instance" "managed_operational" {
  name          = "managed-operational"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"
  kms_key_id    = "alias/aws/ebs"

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_notebook_instance" "outside_financial" {
  name          = "outside-financial"
  role_arn      = "arn:aws:iam::111122223333:role/sagemaker"
  instance_type = "ml.t3.medium"
  kms_key_id    = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  tags = {
    data-class = "financial"
  }
}

resource "aws_sagemaker_endpoint_configuration" "unset_operational" {
  name = "unset-operational"

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_endpoint_configuration" "managed_operational" {
  name        = "managed-operational"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs"

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_endpoint_configuration" "captured_pii" {
  name        = "captured-pii"
  kms_key_arn = aws_kms_key.person.arn

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  data_capture_config {
    enable_capture              = true
    initial_sampling_percentage = 100
    destination_s3_uri          = "s3://captured.example.com/"
    kms_key_id                  = aws_kms_key.person.arn

    capture_options {
      capture_mode = "Input"
    }
  }

  tags = {
    data-class = "pii"
  }
}

# What is captured lies in a bucket of unknown encryption.
resource "aws_sagemaker_endpoint_configuration" "captured_keyless_pii" {
  name        = "captured-keyless-pii"
  kms_key_arn = aws_kms_key.person.arn

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  data_capture_config {
    enable_capture              = true
    initial_sampling_percentage = 100
    destination_s3_uri          = "s3://captured.example.com/"

    capture_options {
      capture_mode = "Input"
    }
  }

  tags = {
    data-class = "pii"
  }
}

# Nothing is captured.
resource "aws_sagemaker_endpoint_configuration" "not_captured_financial" {
  name        = "not-captured-financial"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  data_capture_config {
    enable_capture              = false
    initial_sampling_percentage = 100
    destination_s3_uri          = "s3://captured.example.com/"

    capture_options {
      capture_mode = "Input"
    }
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sagemaker_endpoint_configuration" "async_keyless_pii" {
  name        = "async-keyless-pii"
  kms_key_arn = aws_kms_key.person.arn

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  async_inference_config {
    output_config {
      s3_output_path = "s3://answers.example.com/"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sagemaker_endpoint_configuration" "async_financial" {
  name        = "async-financial"
  kms_key_arn = aws_kms_key.money.arn

  production_variants {
    model_name             = "model"
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }

  async_inference_config {
    output_config {
      s3_output_path = "s3://answers.example.com/"
      kms_key_id     = aws_kms_key.money.arn
    }
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sagemaker_domain" "unset_operational" {
  domain_name = "unset-operational"
  auth_mode   = "IAM"
  vpc_id      = "vpc-11111111"
  subnet_ids  = ["subnet-11111111"]

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/sagemaker"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_sagemaker_domain" "unset_pii" {
  domain_name = "unset-pii"
  auth_mode   = "IAM"
  vpc_id      = "vpc-11111111"
  subnet_ids  = ["subnet-11111111"]

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/sagemaker"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sagemaker_domain" "shared_pii" {
  domain_name = "shared-pii"
  auth_mode   = "IAM"
  vpc_id      = "vpc-11111111"
  subnet_ids  = ["subnet-11111111"]
  kms_key_id  = aws_kms_key.person.arn

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/sagemaker"

    sharing_settings {
      notebook_output_option = "Allowed"
      s3_output_path         = "s3://shared.example.com/"
      s3_kms_key_id          = aws_kms_key.person.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sagemaker_domain" "shared_keyless_pii" {
  domain_name = "shared-keyless-pii"
  auth_mode   = "IAM"
  vpc_id      = "vpc-11111111"
  subnet_ids  = ["subnet-11111111"]
  kms_key_id  = aws_kms_key.person.arn

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/sagemaker"

    sharing_settings {
      notebook_output_option = "Allowed"
      s3_output_path         = "s3://shared.example.com/"
    }
  }

  tags = {
    data-class = "pii"
  }
}

# Nothing is shared.
resource "aws_sagemaker_domain" "not_shared_financial" {
  domain_name = "not-shared-financial"
  auth_mode   = "IAM"
  vpc_id      = "vpc-11111111"
  subnet_ids  = ["subnet-11111111"]
  kms_key_id  = "1234abcd-12ab-34cd-56ef-1234567890ab"

  default_user_settings {
    execution_role = "arn:aws:iam::111122223333:role/sagemaker"

    sharing_settings {
      notebook_output_option = "Disabled"
      s3_output_path         = "s3://shared.example.com/"
    }
  }

  tags = {
    data-class = "financial"
  }
}
