# Lifecycle settings, conditions and checks refer to another key than the one that is used.

resource "aws_kms_key" "a" {
  description = "a"

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags]
  }
}

resource "aws_kms_key" "b" {
  description = "b"
}

resource "aws_ebs_volume" "conditions" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.a.arn

  lifecycle {
    precondition {
      condition     = !aws_kms_key.b.enable_key_rotation
      error_message = "b does not rotate"
    }

    postcondition {
      condition     = self.kms_key_id != aws_kms_key.b.arn
      error_message = "b is for others"
    }
  }
}

resource "aws_ebs_volume" "triggered" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = local.key

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [kms_key_id]
    replace_triggered_by  = [aws_kms_key.b]
  }
}

# Nothing is set, whatever stands in the block's lifecycle.
resource "aws_ebs_volume" "omitted" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true

  lifecycle {
    ignore_changes       = [kms_key_id]
    replace_triggered_by = [aws_kms_key.a]
  }
}

# A data source of a check is read after everything else, and anyone in the module may refer to it.
resource "aws_sns_topic" "checked" {
  name              = "checked"
  kms_master_key_id = aws_kms_key.a.arn
}

locals {
  key = aws_kms_key.a.arn
}

check "unknown" {
  data "aws_kms_key" "checked" {
    key_id = aws_kms_key.b.arn
  }

  assert {
    condition     = data.aws_kms_key.checked.arn == aws_kms_key.b.arn
    error_message = "another key"
  }
}

check "fails" {
  assert {
    condition     = aws_kms_key.b.enable_key_rotation
    error_message = "b should rotate"
  }
}

output "key" {
  value = aws_kms_key.b.arn

  precondition {
    condition     = aws_kms_key.a.description == "a"
    error_message = "a has another name"
  }
}
