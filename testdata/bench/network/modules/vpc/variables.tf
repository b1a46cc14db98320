variable "name" {
  description = "Name to be used on all the resources as identifier"
  type        = string
}

variable "cidr" {
  description = "The IPv4 CIDR block of the VPC"
  type        = string
}

variable "zones" {
  description = "Availability zones to spread the subnets over"
  type        = list(string)
}

variable "public_subnets" {
  description = "CIDR blocks of the public subnets, one a zone"
  type        = list(string)
  default     = []
}

variable "private_subnets" {
  description = "CIDR blocks of the private subnets, one a zone"
  type        = list(string)
  default     = []
}

variable "database_subnets" {
  description = "CIDR blocks of the database subnets, one a zone"
  type        = list(string)
  default     = []
}

variable "single_nat_gateway" {
  description = "Whether one NAT gateway serves all private subnets"
  type        = bool
  default     = true
}

variable "create_flow_log" {
  description = "Whether the traffic of the VPC is logged to CloudWatch"
  type        = bool
  default     = true
}

variable "flow_log_key_arn" {
  description = "ARN of the key that encrypts the flow log; none leaves the choice to the service"
  type        = string
  default     = null
}

variable "flow_log_retention_in_days" {
  description = "Days to keep the flow log for"
  type        = number
  default     = 90
}

variable "create_s3_endpoint" {
  description = "Whether S3 is reached without leaving the network"
  type        = bool
  default     = true
}

variable "interface_endpoints" {
  description = "Services that are reached through interface endpoints"
  type        = set(string)
  default     = []
}

variable "create_vpn_gateway" {
  description = "Whether a VPN gateway is attached to the VPC"
  type        = bool
  default     = false
}

variable "create_dhcp_options" {
  description = "Whether the VPC has DHCP options of its own"
  type        = bool
  default     = false
}

variable "domain_name" {
  description = "Domain name that instances append to unqualified host names"
  type        = string
  default     = ""
}

variable "tags" {
  description = "Tags of every resource"
  type        = map(string)
  default     = {}
}
