# App Mesh: what listeners accept, and what their clients insist on.
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
resource "terraform_data" "mode" {
  input = "STRICT"
}

resource "aws_appmesh_virtual_node" "strict" {
  name      = "strict"
  mesh_name = "shop"

  spec {
    backend {
      virtual_service {
        virtual_service_name = "prices.example.com"
      }
    }

    backend_defaults {
      client_policy {
        tls {
          validation {
            trust {
              acm {
                certificate_authority_arns = ["arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012"]
              }
            }
          }
        }
      }
    }

    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }

      tls {
        mode = "STRICT"
        certificate {
          acm {
            certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
          }
        }
      }
    }

    service_discovery {
      dns {
        hostname = "strict.example.com"
      }
    }
  }
}

# Takes TLS and plain text.
resource "aws_appmesh_virtual_node" "permissive" {
  name      = "permissive"
  mesh_name = "shop"

  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }

      tls {
        mode = "PERMISSIVE"
        certificate {
          acm {
            certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
          }
        }
      }
    }

    service_discovery {
      dns {
        hostname = "permissive.example.com"
      }
    }
  }
}

resource "aws_appmesh_virtual_node" "no_tls" {
  name      = "no-tls"
  mesh_name = "shop"

  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }

    service_discovery {
      dns {
        hostname = "no-tls.example.com"
      }
    }
  }
}

# Calls others, and does not insist on TLS.
resource "aws_appmesh_virtual_node" "lenient_client" {
  name      = "lenient-client"
  mesh_name = "shop"

  spec {
    backend {
      virtual_service {
        virtual_service_name = "prices.example.com"

        client_policy {
          tls {
            enforce = false
            validation {
              trust {
                file {
                  certificate_chain = "/etc/ca.pem"
                }
              }
            }
          }
        }
      }
    }
  }
}

# Each backend has its own policy.
resource "aws_appmesh_virtual_node" "client_by_backend" {
  name      = "client-by-backend"
  mesh_name = "shop"

  spec {
    backend {
      virtual_service {
        virtual_service_name = "prices.example.com"

        client_policy {
          tls {
            validation {
              trust {
                file {
                  certificate_chain = "/etc/ca.pem"
                }
              }
            }
          }
        }
      }
    }
  }
}

resource "aws_appmesh_virtual_node" "no_client_policy" {
  name      = "no-client-policy"
  mesh_name = "shop"

  spec {
    backend {
      virtual_service {
        virtual_service_name = "prices.example.com"
      }
    }
  }
}

resource "aws_appmesh_virtual_node" "told_later" {
  name      = "told-later"
  mesh_name = "shop"

  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }

      tls {
        mode = terraform_data.mode.output
        certificate {
          file {
            certificate_chain = "/etc/chain.pem"
            private_key       = "/etc/key.pem"
          }
        }
      }
    }

    service_discovery {
      dns {
        hostname = "told-later.example.com"
      }
    }
  }
}

resource "aws_appmesh_virtual_gateway" "strict" {
  name      = "strict"
  mesh_name = "shop"

  spec {
    backend_defaults {
      client_policy {
        tls {
          validation {
            trust {
              file {
                certificate_chain = "/etc/ca.pem"
              }
            }
          }
        }
      }
    }

    listener {
      port_mapping {
        port     = 443
        protocol = "http"
      }

      tls {
        mode = "STRICT"
        certificate {
          file {
            certificate_chain = "/etc/chain.pem"
            private_key       = "/etc/key.pem"
          }
        }
      }
    }
  }
}

# What comes in is encrypted, what goes on need not be.
resource "aws_appmesh_virtual_gateway" "no_client_policy" {
  name      = "no-client-policy"
  mesh_name = "shop"

  spec {
    listener {
      port_mapping {
        port     = 443
        protocol = "http"
      }

      tls {
        mode = "STRICT"
        certificate {
          file {
            certificate_chain = "/etc/chain.pem"
            private_key       = "/etc/key.pem"
          }
        }
      }
    }
  }
}

resource "aws_appmesh_virtual_gateway" "no_tls" {
  name      = "no-tls"
  mesh_name = "shop"

  spec {
    backend_defaults {
      client_policy {
        tls {
          enforce = true
          validation {
            trust {
              file {
                certificate_chain = "/etc/ca.pem"
              }
            }
          }
        }
      }
    }

    listener {
      port_mapping {
        port     = 80
        protocol = "http"
      }
    }
  }
}

resource "aws_appmesh_virtual_gateway" "told_later" {
  name      = "told-later"
  mesh_name = "shop"

  spec {
    backend_defaults {
      client_policy {
        tls {
          validation {
            trust {
              file {
                certificate_chain = "/etc/ca.pem"
              }
            }
          }
        }
      }
    }

    listener {
      port_mapping {
        port     = 443
        protocol = "http"
      }

      tls {
        mode = terraform_data.mode.output
        certificate {
          file {
            certificate_chain = "/etc/chain.pem"
            private_key       = "/etc/key.pem"
          }
        }
      }
    }
  }
}
