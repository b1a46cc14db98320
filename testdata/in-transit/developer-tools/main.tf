# Builds that do not check certificates, and shells inside containers and instances.
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
resource "terraform_data" "flag" {
  input = false
}

resource "aws_codebuild_project" "checked" {
  name           = "checked"
  service_role   = "arn:aws:iam::111122223333:role/build"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB_ENTERPRISE"
    location = "https://git.example.com/orders.git"
  }

  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "unchecked" {
  name           = "unchecked"
  service_role   = "arn:aws:iam::111122223333:role/build"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type         = "GITHUB_ENTERPRISE"
    location     = "https://git.example.com/orders.git"
    insecure_ssl = true
  }

  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "second_unchecked" {
  name           = "second-unchecked"
  service_role   = "arn:aws:iam::111122223333:role/build"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type         = "GITHUB_ENTERPRISE"
    location     = "https://git.example.com/orders.git"
    insecure_ssl = false
  }

  secondary_sources {
    source_identifier = "tools"
    type              = "GITHUB_ENTERPRISE"
    location          = "https://git.example.com/tools.git"
    insecure_ssl      = true
  }

  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_codebuild_project" "told_later" {
  name           = "told-later"
  service_role   = "arn:aws:iam::111122223333:role/build"
  encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type         = "GITHUB_ENTERPRISE"
    location     = "https://git.example.com/orders.git"
    insecure_ssl = terraform_data.flag.output
  }

  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_ecs_cluster" "with_key" {
  name = "with-key"

  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      logging    = "DEFAULT"
    }
  }
}

resource "aws_ecs_cluster" "without_key" {
  name = "without-key"

  configuration {
    execute_command_configuration {
      logging = "DEFAULT"
    }
  }
}

# No word about shells.
resource "aws_ecs_cluster" "unset" {
  name = "unset"
}

# A service of the cluster lets shells in.
resource "aws_ecs_cluster" "used" {
  name = "used"
}

resource "aws_ecs_service" "used" {
  name                   = "used"
  cluster                = aws_ecs_cluster.used.id
  task_definition        = "used:1"
  enable_execute_command = true
}

resource "aws_ssm_document" "session_with_key" {
  name            = "session-with-key"
  document_type   = "Session"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Shells on instances"
    sessionType   = "Standard_Stream"
    inputs = {
      kmsKeyId = "alias/sessions"
    }
  })
}

resource "aws_ssm_document" "session_without_key" {
  name          = "session-without-key"
  document_type = "Session"

  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Shells on instances"
    sessionType   = "Standard_Stream"
    inputs = {
      kmsKeyId         = ""
      runAsEnabled     = true
      runAsDefaultUser = "operator"
    }
  })
}

resource "aws_ssm_document" "session_told_later" {
  name          = "session-told-later"
  document_type = "Session"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs        = { kmsKeyId = terraform_data.flag.id }
  })
}

# Opens no shell.
resource "aws_ssm_document" "command" {
  name          = "command"
  document_type = "Command"

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Says hello"
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "hello"
      inputs = { runCommand = ["echo hello"] }
    }]
  })
}
