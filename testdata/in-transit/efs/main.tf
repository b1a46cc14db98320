# Mounts of EFS file systems, with TLS and without: ECS tasks, Batch jobs in their three forms, DataSync.
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

  default_tags {
    tags = {
      data-class = "operational"
    }
  }
}

# Known after apply.
resource "terraform_data" "later" {}

resource "aws_efs_file_system" "files" {
  encrypted  = true
  kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_ecs_task_definition" "tls" {
  family                = "tls"
  container_definitions = jsonencode([{ name = "app", image = "example", memory = 128 }])

  volume {
    name = "shared"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_task_definition" "plain" {
  family                = "plain"
  container_definitions = jsonencode([{ name = "app", image = "example", memory = 128 }])

  volume {
    name = "shared"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "DISABLED"
    }
  }
}

resource "aws_ecs_task_definition" "unset" {
  family                = "unset"
  container_definitions = jsonencode([{ name = "app", image = "example", memory = 128 }])

  volume {
    name = "shared"

    efs_volume_configuration {
      file_system_id = aws_efs_file_system.files.id
    }
  }
}

# One of two is enough.
resource "aws_ecs_task_definition" "one_of_two" {
  family                = "one-of-two"
  container_definitions = jsonencode([{ name = "app", image = "example", memory = 128 }])

  volume {
    name = "first"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "ENABLED"
    }
  }

  volume {
    name = "second"

    efs_volume_configuration {
      file_system_id = aws_efs_file_system.files.id
    }
  }
}

# No file system of EFS.
resource "aws_ecs_task_definition" "other_volumes" {
  family                = "other-volumes"
  container_definitions = jsonencode([{ name = "app", image = "example", memory = 128 }])

  volume {
    name = "scratch"
  }

  volume {
    name      = "host"
    host_path = "/data"
  }
}

resource "aws_batch_job_definition" "tls" {
  name                 = "tls"
  type                 = "container"
  container_properties = jsonencode({ image = "example", volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = "fs-0123456789abcdef0", transitEncryption = "ENABLED" } }], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] })
}

resource "aws_batch_job_definition" "plain" {
  name                 = "plain"
  type                 = "container"
  container_properties = jsonencode({ image = "example", volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = "fs-0123456789abcdef0", transitEncryption = "DISABLED" } }], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] })
}

resource "aws_batch_job_definition" "unset" {
  name                 = "unset"
  type                 = "container"
  container_properties = jsonencode({ image = "example", volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = "fs-0123456789abcdef0" } }], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] })
}

resource "aws_batch_job_definition" "no_volumes" {
  name                 = "no-volumes"
  type                 = "container"
  container_properties = jsonencode({ image = "example", resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] })
}

# The document is known after apply, as the file system is.
resource "aws_batch_job_definition" "of_this_plan" {
  name                 = "of-this-plan"
  type                 = "container"
  container_properties = jsonencode({ image = "example", volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = aws_efs_file_system.files.id, transitEncryption = "ENABLED" } }], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] })
}

# Several nodes.
resource "aws_batch_job_definition" "nodes" {
  name            = "nodes"
  type            = "multinode"
  node_properties = jsonencode({ mainNode = 0, numNodes = 1, nodeRangeProperties = [{ targetNodes = "0:", container = { image = "example", command = ["true"], volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = "fs-0123456789abcdef0" } }], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] } }] })
}

# Written as ECS tasks.
resource "aws_batch_job_definition" "tasks" {
  name           = "tasks"
  type           = "container"
  ecs_properties = jsonencode({ taskProperties = [{ containers = [{ image = "example", resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "128" }] }], volumes = [{ name = "shared", efsVolumeConfiguration = { fileSystemId = "fs-0123456789abcdef0" } }] }] })
}

resource "aws_datasync_location_efs" "tls" {
  efs_file_system_arn   = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0"
  in_transit_encryption = "TLS1_2"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0"]
    subnet_arn          = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0123456789abcdef0"
  }
}

resource "aws_datasync_location_efs" "plain" {
  efs_file_system_arn   = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0"
  in_transit_encryption = "NONE"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0"]
    subnet_arn          = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0123456789abcdef0"
  }
}

resource "aws_datasync_location_efs" "unset" {
  efs_file_system_arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0"]
    subnet_arn          = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0123456789abcdef0"
  }
}

# Known after apply.
resource "aws_datasync_location_efs" "unknown" {
  efs_file_system_arn   = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0"
  in_transit_encryption = terraform_data.later.id != "" ? "TLS1_2" : "NONE"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0"]
    subnet_arn          = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0123456789abcdef0"
  }
}
