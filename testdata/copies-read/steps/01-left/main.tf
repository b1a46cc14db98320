# All but one key is left to another configuration.
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
  skip_metadata_api_check     = true
}

removed {
  from = aws_kms_key.foreign

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_volume.data

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_snapshot.data

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_volume.scratch

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_snapshot.scratch

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_volume.foreign

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_snapshot.foreign

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_snapshot_copy.data

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_snapshot_copy.foreign

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_db_instance.members

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_db_snapshot.members

  lifecycle {
    destroy = false
  }
}

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
