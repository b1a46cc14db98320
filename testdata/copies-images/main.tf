# Images, and the disks that are made of them and of snapshots.
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

# With a policy of its own, so that what is under it has all that is recommended.
resource "aws_kms_key" "pii" {
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "account"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })

  tags = {
    data-class = "pii"
  }
}

# Nothing here is encrypted unless something says so.
resource "aws_ebs_encryption_by_default" "off" {
  enabled = false
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = false

  tags = {
    data-class = "operational"
  }
}

resource "aws_ebs_snapshot" "scratch" {
  volume_id = aws_ebs_volume.scratch.id
}

# Images hold what their snapshots hold. The second disk is empty.
resource "aws_ami" "data" {
  name             = "copies-data"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot.data.id
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 8
  }
}

resource "aws_ami" "scratch" {
  name             = "copies-scratch"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot.scratch.id
  }
}

# As strict as the strictest of its snapshots, as weak as the weakest.
resource "aws_ami" "mixed" {
  name             = "copies-mixed"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot.data.id
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    snapshot_id = aws_ebs_snapshot.scratch.id
  }
}

resource "aws_ami" "elsewhere" {
  name             = "copies-elsewhere"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-0123456789abcdef0"
  }
}

# Holds nothing.
resource "aws_ami" "blank" {
  name             = "copies-blank"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 8
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_ami_copy" "keyed" {
  name              = "copies-keyed"
  source_ami_id     = aws_ami.data.id
  source_ami_region = "eu-central-1"
  encrypted         = true
  kms_key_id        = aws_kms_key.pii.arn
}

resource "aws_ami_copy" "unkeyed" {
  name              = "copies-unkeyed"
  source_ami_id     = aws_ami.data.id
  source_ami_region = "eu-central-1"
  encrypted         = true
}

resource "aws_ami_copy" "plain" {
  name              = "copies-plain"
  source_ami_id     = aws_ami.scratch.id
  source_ami_region = "eu-central-1"
}

# A disk is encrypted like the snapshot of its image, where nothing else is said.
resource "aws_instance" "data" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "data_block" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  root_block_device {
    volume_size = 16
  }

  tags = {
    data-class = "pii"
  }
}

# The key of the snapshot stays.
resource "aws_instance" "data_encrypted" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  root_block_device {
    encrypted = true
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "scratch" {
  ami           = aws_ami.scratch.id
  instance_type = "t3.micro"

  tags = {
    data-class = "operational"
  }
}

# Under which key is the account's matter.
resource "aws_instance" "scratch_encrypted" {
  ami           = aws_ami.scratch.id
  instance_type = "t3.micro"

  root_block_device {
    encrypted = true
  }

  tags = {
    data-class = "pii"
  }
}

# Which of the snapshots is that of the root disk is not told.
resource "aws_instance" "mixed" {
  ami           = aws_ami.mixed.id
  instance_type = "t3.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "elsewhere" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "disk_of_data" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  ebs_block_device {
    device_name = "/dev/sdg"
    snapshot_id = aws_ebs_snapshot.data.id
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "disk_of_scratch" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  ebs_block_device {
    device_name = "/dev/sdg"
    snapshot_id = aws_ebs_snapshot.scratch.id
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "disk_of_elsewhere" {
  ami           = aws_ami.data.id
  instance_type = "t3.micro"

  ebs_block_device {
    device_name = "/dev/sdg"
    snapshot_id = "snap-0123456789abcdef0"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "data" {
  name = "copies-data"

  block_device_mappings {
    device_name = "/dev/sdg"

    ebs {
      snapshot_id = aws_ebs_snapshot.data.id
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "scratch" {
  name = "copies-scratch"

  block_device_mappings {
    device_name = "/dev/sdg"

    ebs {
      snapshot_id = aws_ebs_snapshot.scratch.id
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_launch_template" "elsewhere" {
  name = "copies-elsewhere"

  block_device_mappings {
    device_name = "/dev/sdg"

    ebs {
      snapshot_id = "snap-0123456789abcdef0"
    }
  }

  tags = {
    data-class = "operational"
  }
}

# An image of an instance holds what its disks hold.
resource "aws_ami_from_instance" "data" {
  name               = "copies-from-data"
  source_instance_id = aws_instance.data.id
}

resource "aws_ami_from_instance" "scratch" {
  name               = "copies-from-scratch"
  source_instance_id = aws_instance.scratch.id
}

resource "aws_ami_from_instance" "disk_of_scratch" {
  name               = "copies-from-disk_of_scratch"
  source_instance_id = aws_instance.disk_of_scratch.id
}

resource "aws_ami_from_instance" "elsewhere" {
  name               = "copies-from-elsewhere"
  source_instance_id = "i-0123456789abcdef0"
}

resource "aws_ebs_snapshot_import" "keyed" {
  encrypted  = true
  kms_key_id = aws_kms_key.pii.arn

  disk_container {
    format = "VHD"

    user_bucket {
      s3_bucket = "imports.example.com"
      s3_key    = "disk.vhd"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot_import" "aws" {
  encrypted  = true
  kms_key_id = "alias/aws/ebs"

  disk_container {
    format = "VHD"

    user_bucket {
      s3_bucket = "imports.example.com"
      s3_key    = "disk.vhd"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot_import" "unkeyed" {
  encrypted = true

  disk_container {
    format = "VHD"

    user_bucket {
      s3_bucket = "imports.example.com"
      s3_key    = "disk.vhd"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_ebs_snapshot_import" "plain" {

  disk_container {
    format = "VHD"

    user_bucket {
      s3_bucket = "imports.example.com"
      s3_key    = "disk.vhd"
    }
  }

  tags = {
    data-class = "operational"
  }
}
