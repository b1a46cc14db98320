# CodeBuild projects: one key, and outputs that are taken out of it.
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

resource "aws_codebuild_project" "unset_operational" {
  name         = "unset-operational"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "unset_pii" {
  name         = "unset-pii"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_codebuild_project" "cmk_pii" {
  name           = "cmk-pii"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = aws_kms_key.person.arn

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_codebuild_project" "managed_operational" {
  name           = "managed-operational"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = "alias/aws/s3"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "outside_financial" {
  name           = "outside-financial"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "financial"
  }
}

# A project without artifacts has a cache and results.
resource "aws_codebuild_project" "no_artifacts_operational" {
  name         = "no-artifacts-operational"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "operational"
  }
}

# The flag is inverted: artifacts go unencrypted to a bucket of unknown encryption.
resource "aws_codebuild_project" "off_pii" {
  name           = "off-pii"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = aws_kms_key.person.arn

  artifacts {
    type                = "S3"
    location            = "artifacts.example.com"
    encryption_disabled = true
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_codebuild_project" "off_secondary_operational" {
  name         = "off-secondary-operational"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  secondary_artifacts {
    artifact_identifier = "reports"
    type                = "S3"
    location            = "reports.example.com"
    encryption_disabled = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "off_written_false_pii" {
  name           = "off-written-false-pii"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = aws_kms_key.person.arn

  artifacts {
    type                = "S3"
    location            = "artifacts.example.com"
    encryption_disabled = false
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_codebuild_project" "logs_operational" {
  name         = "logs-operational"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  logs_config {
    s3_logs {
      status   = "ENABLED"
      location = "logs.example.com/builds"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "logs_financial" {
  name         = "logs-financial"
  service_role = "arn:aws:iam::111122223333:role/codebuild"

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  logs_config {
    s3_logs {
      status   = "ENABLED"
      location = "logs.example.com/builds"
    }
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_codebuild_project" "logs_off_pii" {
  name           = "logs-off-pii"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = aws_kms_key.person.arn

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  logs_config {
    s3_logs {
      status              = "ENABLED"
      location            = "logs.example.com/builds"
      encryption_disabled = true
    }
  }

  tags = {
    data-class = "pii"
  }
}

# No logs are written there.
resource "aws_codebuild_project" "no_logs_pii" {
  name           = "no-logs-pii"
  service_role   = "arn:aws:iam::111122223333:role/codebuild"
  encryption_key = aws_kms_key.person.arn

  artifacts {
    type     = "S3"
    location = "artifacts.example.com"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }

  logs_config {
    s3_logs {
      status              = "DISABLED"
      location            = "logs.example.com/builds"
      encryption_disabled = true
    }
  }

  tags = {
    data-class = "pii"
  }
}
