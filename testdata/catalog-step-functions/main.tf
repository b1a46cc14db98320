# Step Functions: a key that AWS owns, and a customer managed one on top.
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

resource "aws_sfn_activity" "unset_operational" {
  name = "unset-operational"

  tags = {
    data-class = "operational"
  }
}

# As much as public data needs.
resource "aws_sfn_activity" "unset_public" {
  name = "unset-public"

  tags = {
    data-class = "public"
  }
}

resource "aws_sfn_activity" "owned_pii" {
  name = "owned-pii"

  encryption_configuration {
    type = "AWS_OWNED_KEY"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sfn_activity" "cmk_pii" {
  name = "cmk-pii"

  encryption_configuration {
    type       = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sfn_activity" "outside_financial" {
  name = "outside-financial"

  encryption_configuration {
    type       = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id = "alias/payments"
  }

  tags = {
    data-class = "financial"
  }
}

resource "aws_sfn_state_machine" "unset_operational" {
  name     = "unset-operational"
  role_arn = "arn:aws:iam::111122223333:role/states"

  definition = jsonencode({
    StartAt = "Work"
    States = {
      Work = { Type = "Task", Resource = aws_sfn_activity.unset_public.id, End = true }
    }
  })

  tags = {
    data-class = "operational"
  }
}

resource "aws_sfn_state_machine" "owned_pii" {
  name     = "owned-pii"
  role_arn = "arn:aws:iam::111122223333:role/states"

  definition = jsonencode({
    StartAt = "Work"
    States = {
      Work = { Type = "Task", Resource = aws_sfn_activity.unset_public.id, End = true }
    }
  })

  encryption_configuration {
    type = "AWS_OWNED_KEY"
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sfn_state_machine" "cmk_pii" {
  name     = "cmk-pii"
  role_arn = "arn:aws:iam::111122223333:role/states"

  definition = jsonencode({
    StartAt = "Work"
    States = {
      Work = { Type = "Task", Resource = aws_sfn_activity.unset_public.id, End = true }
    }
  })

  encryption_configuration {
    type       = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id = aws_kms_key.person.arn
  }

  tags = {
    data-class = "pii"
  }
}

resource "aws_sfn_state_machine" "unset_public" {
  name     = "unset-public"
  role_arn = "arn:aws:iam::111122223333:role/states"

  definition = jsonencode({
    StartAt = "Work"
    States = {
      Work = { Type = "Task", Resource = aws_sfn_activity.unset_public.id, End = true }
    }
  })

  tags = {
    data-class = "public"
  }
}
