# Values that are known only after apply, in part or as a whole.

output "key_arn" {
  value = aws_kms_key.one.arn
}

output "key_description" {
  value = aws_kms_key.one.description
}

output "key_tags" {
  value = aws_kms_key.one.tags
}

output "key_tag" {
  value = aws_kms_key.one.tags["data-class"]
}

output "key_missing_tag" {
  value = try(aws_kms_key.one.tags["missing"], "missing")
}

output "key_null_attribute" {
  value = aws_kms_key.one.custom_key_store_id
}

output "counted_descriptions" {
  value = aws_kms_key.counted[*].description
}

output "counted_arns" {
  value = aws_kms_key.counted[*].arn
}

output "counted_legacy_splat" {
  value = aws_kms_key.counted.*.description
}

output "counted_length" {
  value = length(aws_kms_key.counted)
}

output "counted_beyond" {
  value = try(aws_kms_key.counted[2].arn, "beyond")
}

output "counted_windows" {
  value = sum(aws_kms_key.counted[*].deletion_window_in_days)
}

output "counted_max" {
  value = max(aws_kms_key.counted[*].deletion_window_in_days...)
}

output "none_length" {
  value = length(aws_kms_key.none)
}

output "none_one" {
  value = one(aws_kms_key.none[*].arn)
}

output "none_splat" {
  value = aws_kms_key.none[*].arn
}

output "none_try" {
  value = try(aws_kms_key.none[0].arn, null)
}

output "none_join" {
  value = join("", aws_kms_key.none[*].arn)
}

output "none_element_refused" {
  value = try(element(aws_kms_key.none[*].arn, 0), "none")
}

output "named_keys" {
  value = keys(aws_kms_key.named)
}

output "named_descriptions" {
  value = { for name, key in aws_kms_key.named : name => key.description }
}

output "named_values" {
  value = values(aws_kms_key.named)[*].description
}

output "named_by_key" {
  value = aws_kms_key.named["y.z"].description
}

output "named_length" {
  value = length(aws_kms_key.named)
}

output "named_contains" {
  value = contains(keys(aws_kms_key.named), "x")
}

output "named_arns" {
  value = { for name, key in aws_kms_key.named : name => key.arn }
}

output "named_map_of_arns" {
  value = tomap({ for name, key in aws_kms_key.named : name => key.arn })
}

output "named_list_of_arns" {
  value = [for key in aws_kms_key.named : key.arn]
}

output "data_input" {
  value = terraform_data.known.input.name
}

output "data_output" {
  value = terraform_data.known.output
}

output "data_output_member" {
  value = terraform_data.known.output.name
}

output "data_counted" {
  value = terraform_data.counted[*].input
}

output "data_each" {
  value = [for one in terraform_data.each_of_set : one.input]
}

output "data_partly" {
  value = terraform_data.partly.input
}

output "data_partly_name" {
  value = terraform_data.partly.input.name
}

output "local_map_known_member" {
  value = local.keys.none
}

output "local_map" {
  value = local.keys
}

output "local_list" {
  value = local.key_list
}

output "local_list_length" {
  value = length(local.key_list)
}

output "local_list_known" {
  value = local.key_list[2]
}

output "local_create" {
  value = local.create
}

output "unknown_template" {
  value = "key is ${aws_kms_key.one.arn}"
}

output "unknown_template_alone" {
  value = aws_kms_key.one.arn
}

output "unknown_condition" {
  value = aws_kms_key.one.arn == "x" ? 1 : 2
}

output "unknown_condition_same" {
  value = aws_kms_key.one.arn == "x" ? "same" : "same"
}

output "unknown_branch" {
  value = local.yes ? aws_kms_key.one.arn : "x"
}

output "unknown_equal" {
  value = aws_kms_key.one.arn == "x"
}

output "unknown_equal_null" {
  value = aws_kms_key.one.arn == null
}

output "unknown_id_equal_null" {
  value = aws_kms_key.one.id == null
}

output "unknown_equal_itself" {
  value = aws_kms_key.one.arn == aws_kms_key.one.arn
}

output "unknown_equal_lists" {
  value = [aws_kms_key.one.arn] == ["x"]
}

output "unknown_equal_lists_of_two_lengths" {
  value = [aws_kms_key.one.arn] == []
}

output "unknown_and_false" {
  value = aws_kms_key.one.arn == "x" && false
}

output "unknown_and_true" {
  value = aws_kms_key.one.arn == "x" && true
}

output "unknown_or_true" {
  value = aws_kms_key.one.arn == "x" || true
}

output "unknown_or_false" {
  value = aws_kms_key.one.arn == "x" || false
}

output "unknown_not" {
  value = !(aws_kms_key.one.arn == "x")
}

output "unknown_arithmetic" {
  value = length(aws_kms_key.one.arn) + 1
}

output "unknown_compare" {
  value = length(aws_kms_key.one.arn) > 1
}

output "unknown_negative" {
  value = -length(aws_kms_key.one.arn)
}

output "unknown_list" {
  value = [aws_kms_key.one.arn, "x"]
}

output "unknown_list_known_element" {
  value = [aws_kms_key.one.arn, "x"][1]
}

output "unknown_object" {
  value = { a = aws_kms_key.one.arn, b = "x" }
}

output "unknown_object_known_member" {
  value = { a = aws_kms_key.one.arn, b = "x" }.b
}

output "unknown_key" {
  value = { (aws_kms_key.one.arn) = 1 }
}

output "unknown_index" {
  value = { a = 1, b = 2 }[terraform_data.known.output.name]
}

output "unknown_index_of_list" {
  value = [1, 2][length(aws_kms_key.one.arn)]
}

output "unknown_set" {
  value = toset([aws_kms_key.one.arn, "x"])
}

output "unknown_set_length" {
  value = length(toset([aws_kms_key.one.arn, "x"]))
}

output "unknown_set_of_one_length" {
  value = length(toset([aws_kms_key.one.arn]))
}

output "unknown_list_length" {
  value = length([aws_kms_key.one.arn, "x"])
}

output "unknown_contains_known" {
  value = contains([aws_kms_key.one.arn, "x"], "x")
}

output "unknown_contains_unknown" {
  value = contains([aws_kms_key.one.arn, "x"], "y")
}

output "unknown_contains_number" {
  value = contains([1, 2], length(aws_kms_key.one.arn))
}

output "unknown_merge" {
  value = merge({ a = aws_kms_key.one.arn, b = 1 }, { b = 2 })
}

output "unknown_merge_whole" {
  value = merge({ a = 1 }, terraform_data.known.output)
}

output "unknown_merge_overridden" {
  value = merge({ a = aws_kms_key.one.arn }, { a = "x" })
}

output "unknown_concat" {
  value = concat([aws_kms_key.one.arn], ["x"])
}

output "unknown_concat_length" {
  value = length(concat(aws_kms_key.counted[*].arn, ["x"]))
}

output "unknown_flatten" {
  value = flatten([[aws_kms_key.one.arn], ["x"]])
}

output "unknown_flatten_length" {
  value = length(flatten([[aws_kms_key.one.arn], ["x"]]))
}

output "unknown_compact" {
  value = compact([aws_kms_key.one.arn, ""])
}

output "unknown_compact_length" {
  value = length(compact([aws_kms_key.one.arn, "x"]))
}

output "unknown_distinct" {
  value = distinct([aws_kms_key.one.arn, "x"])
}

output "unknown_distinct_length" {
  value = length(distinct([aws_kms_key.one.arn, "x"]))
}

output "unknown_sort" {
  value = sort([aws_kms_key.one.arn, "x"])
}

output "unknown_sort_length" {
  value = length(sort([aws_kms_key.one.arn, "x"]))
}

output "unknown_reverse" {
  value = reverse([aws_kms_key.one.arn, "x"])
}

output "unknown_join" {
  value = join(",", [aws_kms_key.one.arn, "x"])
}

output "unknown_join_one" {
  value = join(",", [aws_kms_key.one.arn])
}

output "unknown_split" {
  value = split(":", aws_kms_key.one.arn)
}

output "unknown_split_element" {
  value = split(":", aws_kms_key.one.arn)[4]
}

output "unknown_format" {
  value = format("%s/*", aws_kms_key.one.arn)
}

output "unknown_format_alone" {
  value = format("%s", aws_kms_key.one.arn)
}

output "unknown_format_number" {
  value = format("%d", length(aws_kms_key.one.arn))
}

output "unknown_replace" {
  value = replace(aws_kms_key.one.arn, "a", "b")
}

output "unknown_lower" {
  value = lower(aws_kms_key.one.arn)
}

output "unknown_trimprefix" {
  value = trimprefix(aws_kms_key.one.arn, "arn:")
}

output "unknown_startswith" {
  value = startswith(aws_kms_key.one.arn, "arn:")
}

output "unknown_startswith_made" {
  value = startswith("x-${aws_kms_key.one.arn}", "x-")
}

output "unknown_coalesce" {
  value = coalesce(aws_kms_key.one.arn, "x")
}

output "unknown_coalesce_behind" {
  value = coalesce(null, "", aws_kms_key.one.arn)
}

output "unknown_coalesce_before" {
  value = coalesce("x", aws_kms_key.one.arn)
}

output "unknown_coalescelist" {
  value = coalescelist([], [aws_kms_key.one.arn])
}

output "unknown_try" {
  value = try(aws_kms_key.one.arn, "x")
}

output "unknown_can" {
  value = can(aws_kms_key.one.arn)
}

output "unknown_can_member" {
  value = can(terraform_data.known.output.missing)
}

output "unknown_can_function" {
  value = can(tonumber(aws_kms_key.one.arn))
}

output "unknown_try_function" {
  value = try(tonumber(aws_kms_key.one.arn), "x")
}

output "unknown_try_member" {
  value = try(terraform_data.known.output.missing, "x")
}

output "unknown_lookup" {
  value = lookup({ a = aws_kms_key.one.arn }, "a", "x")
}

output "unknown_lookup_default" {
  value = lookup({ a = aws_kms_key.one.arn }, "b", "x")
}

output "unknown_lookup_key" {
  value = lookup({ a = 1 }, terraform_data.known.output.name, 2)
}

output "unknown_element" {
  value = element([aws_kms_key.one.arn, "x"], 1)
}

output "unknown_element_of_unknown" {
  value = element(split(":", aws_kms_key.one.arn), 1)
}

output "unknown_one" {
  value = one([aws_kms_key.one.arn])
}

output "unknown_one_of_unknown" {
  value = one(terraform_data.known.output[*])
}

output "unknown_keys" {
  value = keys({ a = aws_kms_key.one.arn })
}

output "unknown_values" {
  value = values({ a = aws_kms_key.one.arn, b = "x" })
}

output "unknown_zipmap" {
  value = zipmap(["a", "b"], [aws_kms_key.one.arn, "x"])
}

output "unknown_alltrue" {
  value = alltrue([aws_kms_key.one.arn == "x", false])
}

output "unknown_anytrue" {
  value = anytrue([aws_kms_key.one.arn == "x", false])
}

output "unknown_anytrue_true" {
  value = anytrue([aws_kms_key.one.arn == "x", true])
}

output "unknown_setunion" {
  value = setunion([aws_kms_key.one.arn], ["x"])
}

output "unknown_setsubtract" {
  value = setsubtract(["a", "b"], [aws_kms_key.one.arn])
}

output "unknown_setintersection" {
  value = setintersection(["a", aws_kms_key.one.arn], ["a"])
}

output "unknown_slice" {
  value = slice([aws_kms_key.one.arn, "x"], 1, 2)
}

output "unknown_min" {
  value = min(1, length(aws_kms_key.one.arn))
}

output "unknown_range" {
  value = range(length(aws_kms_key.one.arn))
}

output "unknown_jsonencode" {
  value = jsonencode({ key = aws_kms_key.one.arn })
}

output "unknown_jsondecode" {
  value = jsondecode(jsonencode({ key = aws_kms_key.one.arn, other = "x" })).other
}

output "unknown_tostring" {
  value = tostring(aws_kms_key.one.arn)
}

output "unknown_tonumber" {
  value = tonumber(aws_kms_key.one.arn)
}

output "unknown_for_if" {
  value = [for arn in ["x", "y"] : arn if arn != aws_kms_key.one.arn]
}

output "unknown_for_value" {
  value = [for index in [0, 1] : aws_kms_key.counted[index].arn]
}

output "unknown_for_values_length" {
  value = length([for index in [0, 1] : aws_kms_key.counted[index].arn])
}

output "unknown_for_over" {
  value = [for part in split(":", aws_kms_key.one.arn) : upper(part)]
}

output "unknown_for_key" {
  value = { for index in [0, 1] : aws_kms_key.counted[index].arn => index }
}

output "unknown_for_known_part" {
  value = [for index in [0, 1] : { arn = aws_kms_key.counted[index].arn, position = index }][*].position
}

output "unknown_splat" {
  value = terraform_data.known.output[*]
}

output "unknown_splat_length" {
  value = length(aws_kms_key.one.arn[*])
}

output "unknown_template_if" {
  value = "%{if aws_kms_key.one.arn == "x"}a%{else}b%{endif}"
}

output "unknown_template_for" {
  value = "%{for part in split(":", aws_kms_key.one.arn)}${part}%{endfor}"
}

output "unknown_cidr" {
  value = try(cidrhost(aws_kms_key.one.arn, 1), "x")
}

output "unknown_sensitive" {
  value = nonsensitive(sensitive(aws_kms_key.one.arn))
}

output "module_name" {
  value = module.one.name
}

output "module_key" {
  value = module.one.key
}

output "module_settings" {
  value = module.one.settings
}

output "module_made" {
  value = module.one.made
}

output "module_id" {
  value = module.one.id
}

output "module_counted_names" {
  value = module.counted[*].name
}

output "module_counted_key" {
  value = module.counted[1].key
}

output "module_counted_length" {
  value = length(module.counted)
}

output "module_counted_made" {
  value = module.counted[0].made
}

output "module_named_key_null" {
  value = module.named["second"].key
}

output "module_named_key" {
  value = module.named["first"].key
}

output "module_named_keys" {
  value = keys(module.named)
}

output "module_named_settings" {
  value = module.named["second"].settings.tier
}

output "module_named_made" {
  value = { for name, part in module.named : name => part.made }
}

output "module_named_values" {
  value = values(module.named)[*].name
}

output "module_missing" {
  value = try(module.one.missing, "missing")
}

output "module_never_null" {
  value = module.nothing_passed.never_null
}

output "module_null_object" {
  value = module.nothing_passed.settings
}
