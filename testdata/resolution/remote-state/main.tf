# Keys that another configuration hands over in its state, which lies beside this one.

data "terraform_remote_state" "platform" {
  backend = "local"

  config = {
    path = "${path.module}/platform.tfstate"
  }
}

resource "aws_kms_key" "a" {
  description = "a"
}

resource "aws_ebs_volume" "output" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.terraform_remote_state.platform.outputs.key_arn
}

resource "aws_ebs_volume" "member" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = data.terraform_remote_state.platform.outputs.keys["pii"]
}

resource "aws_sns_topic" "alias" {
  name              = "alias"
  kms_master_key_id = local.topics
}

locals {
  topics = data.terraform_remote_state.platform.outputs.topics
}

# Nothing in the plan tells whether the other state has such an output. It has none.
resource "aws_ebs_volume" "fallback" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = try(data.terraform_remote_state.platform.outputs.other, aws_kms_key.a.arn)
}
