# EKS: the secrets that the Kubernetes API stores.
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

resource "aws_eks_cluster" "unset_pii" {
  name     = "unset-pii"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_eks_cluster" "unset_operational" {
  name     = "unset-operational"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_eks_cluster" "unset_public" {
  name     = "unset-public"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "public"
  }
}

# Before 1.28 the disks are encrypted, with AWS's keys as well.
resource "aws_eks_cluster" "old_operational" {
  name     = "old-operational"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.27"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  tags = {
    data-class = "operational"
  }
}

resource "aws_eks_cluster" "cmk_pii" {
  name     = "cmk-pii"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.person.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_eks_cluster" "outside_financial" {
  name     = "outside-financial"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  tags = {
    data-class = "financial"
  }
}

# The key of another category.
resource "aws_eks_cluster" "wrong_key_pii" {
  name     = "wrong-key-pii"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-11111111", "subnet-22222222"]
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.money.arn
    }
  }

  tags = {
    data-class = "pii"
  }
}
