# Disks of instances and launch templates: where nothing is said, the image and the account decide.
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

resource "aws_instance" "unset" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "unset_operational" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "size_only" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    volume_size = 30
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "off" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted = false
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "off_operational" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted = false
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "flag" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted = true
  }

  tags = {
    data-class = "pii"
  }
}

# Whichever key it is, it is enough.
resource "aws_instance" "flag_operational" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted = true
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "aws_key" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = "alias/aws/ebs"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_instance" "own_key" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "own_key_elsewhere" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_instance" "wrong_key" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.everyday.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "disks" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.person.arn
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 20
    encrypted   = true
    kms_key_id  = aws_kms_key.person.arn
  }

  ebs_block_device {
    device_name = "/dev/sdg"
    volume_size = 20
    encrypted   = true
    kms_key_id  = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  tags = {
    data-class = "pii"
  }
}

# One of three disks is not encrypted.
resource "aws_instance" "disk_off" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.person.arn
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 20
    encrypted   = true
    kms_key_id  = aws_kms_key.person.arn
  }

  ebs_block_device {
    device_name = "/dev/sdg"
    volume_size = 20
    encrypted   = false
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "disk_unset" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.person.arn
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 20

  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "untagged" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"
}

# Says nothing about disks.
resource "aws_launch_template" "no_disks" {
  name = "no-disks"

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "no_ebs" {
  name = "no-ebs"

  block_device_mappings {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "unset" {
  name = "unset"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20

    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "off" {
  name = "off"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = false
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_launch_template" "flag" {
  name = "flag"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = true
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "flag_operational" {
  name = "flag-operational"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = "true"
    }
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_launch_template" "aws_key" {
  name = "aws-key"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = true
      kms_key_id  = "arn:aws:kms:eu-central-1:111122223333:alias/aws/ebs"
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "own_key" {
  name = "own-key"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = true
      kms_key_id  = aws_kms_key.person.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_launch_template" "own_key_elsewhere" {
  name = "own-key-elsewhere"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = true
      kms_key_id  = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
    }
  }

  tags = {
    data-class = "health"
  }
}

resource "aws_launch_template" "wrong_key" {
  name = "wrong-key"
  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      encrypted   = true
      kms_key_id  = aws_kms_key.everyday.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}

# A group of instances holds what its template says.
resource "aws_autoscaling_group" "flag" {
  name               = "flag"
  min_size           = 1
  max_size           = 1
  availability_zones = ["eu-central-1a"]

  launch_template {
    id = aws_launch_template.flag.id
  }
}

# Elsewhere, the account encrypts by default.
provider "aws" {
  alias                       = "by_default"
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

resource "aws_ebs_encryption_by_default" "by_default" {
  provider = aws.by_default
}

resource "aws_instance" "by_default" {
  provider      = aws.by_default
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  tags = {
    data-class = "pii"
  }
}

resource "aws_instance" "by_default_operational" {
  provider      = aws.by_default
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  tags = {
    data-class = "operational"
  }
}

resource "aws_instance" "by_default_disk" {
  provider      = aws.by_default
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"

  root_block_device {
    encrypted  = true
    kms_key_id = "arn:aws:kms:eu-central-1:444455556666:key/12345678-1234-1234-1234-123456789012"
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 20

  }

  tags = {
    data-class = "operational"
  }
}
