output "vpc_id" {
  description = "The ID of the VPC"
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "IDs of the public subnets"
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "IDs of the private subnets"
  value       = aws_subnet.private[*].id
}

output "database_subnet_ids" {
  description = "IDs of the database subnets"
  value       = aws_subnet.database[*].id
}

output "nat_public_ips" {
  description = "Addresses that the private subnets are seen under"
  value       = aws_eip.nat[*].public_ip
}

output "flow_log_role_arn" {
  description = "ARN of the role that writes the flow log"
  value       = try(aws_iam_role.flow_log[0].arn, null)
}
