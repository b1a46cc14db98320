# Hands through a document that is made elsewhere, and one of its own.
variable "given" {
  type = string
}

variable "principal" {
  type = string
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Everyone"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  statement {
    sid       = "App"
    actions   = ["kms:Encrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [var.principal]
    }
  }
}

resource "aws_kms_key" "given" {
  enable_key_rotation = true
  policy              = var.given
}

output "json" {
  value = data.aws_iam_policy_document.this.json
}
