# Variables, locals, indexes, splats, comprehensions, constructors.

output "variable_text" {
  value = var.text
}

output "variable_number_as_text" {
  value = var.number_as_text
}

output "variable_text_as_number" {
  value = var.text_as_number
}

output "variable_text_as_bool" {
  value = var.text_as_bool
}

output "variable_bool_as_text" {
  value = var.bool_as_text
}

output "variable_list" {
  value = var.list
}

output "variable_list_of_numbers_as_text" {
  value = var.list_of_numbers_as_text
}

output "variable_set" {
  value = var.set
}

output "variable_set_of_numbers" {
  value = var.set_of_numbers
}

output "variable_map" {
  value = var.map
}

output "variable_anything" {
  value = var.anything
}

output "variable_untyped" {
  value = var.untyped
}

output "variable_nothing" {
  value = var.nothing
}

output "variable_settings" {
  value = var.settings
}

output "variable_settings_null" {
  value = var.settings.zone
}

output "variable_settings_by_name" {
  value = var.settings_by_name
}

output "variable_settings_by_name_null" {
  value = var.settings_by_name["a"].on == null
}

output "variable_pair" {
  value = var.pair
}

output "variable_never_null" {
  value = var.never_null
}

output "local_chained" {
  value = local.chained
}

output "local_null" {
  value = local.none
}

output "index_number" {
  value = local.numbers[1]
}

output "index_negative_refused" {
  value = try(local.numbers[-1], "refused")
}

output "index_text" {
  value = local.object["a"]
}

output "index_computed" {
  value = local.numbers[length(local.numbers) - 1]
}

output "index_name" {
  value = local.object[local.yes ? "a" : "b"]
}

output "index_text_of_list" {
  value = local.numbers["1"]
}

output "index_legacy" {
  value = local.numbers.0
}

output "index_of_object" {
  value = local.object.c.d
}

output "index_of_object_by_key" {
  value = local.object["c"]["d"]
}

output "index_of_for" {
  value = [for number in local.numbers : number * 2][0]
}

output "index_of_missing" {
  value = try(local.object.missing, "missing")
}

output "index_of_missing_key" {
  value = try(var.map["missing"], "missing")
}

output "index_of_null" {
  value = try(local.none.x, "null")
}

output "index_of_text" {
  value = try(var.text[0], "text")
}

output "index_fraction_refused" {
  value = try(local.numbers[0.5], "refused")
}

output "index_beyond" {
  value = try(local.numbers[3], "beyond")
}

output "index_of_set_refused" {
  value = try(var.set[0], "refused")
}

output "index_bool_of_map" {
  value = try({ "true" = 1 }[true], "refused")
}

output "index_number_of_map" {
  value = { "1" = "one" }[1]
}

output "splat_full" {
  value = local.people[*].name
}

output "splat_attribute" {
  value = local.people.*.name
}

output "splat_attribute_then_index" {
  value = local.people.*.name[1]
}

output "splat_full_then_index" {
  value = try(local.people[*].name[1], "refused")
}

output "splat_of_single" {
  value = local.object[*].a
}

output "splat_of_null" {
  value = local.none[*]
}

output "splat_of_null_variable" {
  value = var.nothing[*]
}

output "splat_of_text" {
  value = var.text[*]
}

output "splat_of_set" {
  value = var.set[*]
}

output "splat_nested" {
  value = [[1, 2], [3]][*][0]
}

output "splat_of_map" {
  value = { a = { b = 1 } }[*].a.b
}

output "splat_legacy_of_single" {
  value = local.object.*.a
}

output "for_list" {
  value = [for name in var.list : upper(name)]
}

output "for_list_with_index" {
  value = [for index, name in var.list : "${index}:${name}"]
}

output "for_list_if" {
  value = [for person in local.people : person.name if person.role == "dev"]
}

output "for_set" {
  value = [for name in var.set : name]
}

output "for_set_with_key" {
  value = [for key, name in var.set : "${key}${name}"]
}

output "for_set_of_numbers" {
  value = [for number in var.set_of_numbers : number]
}

output "for_map" {
  value = [for key, value in var.map : "${key}=${value}"]
}

output "for_map_values" {
  value = [for value in var.map : value]
}

output "for_object_values" {
  value = [for value in { z = 1, y = "b" } : value]
}

output "for_to_map" {
  value = { for person in local.people : person.name => person.age }
}

output "for_to_map_if" {
  value = { for key, value in var.map : key => upper(value) if key != "a" }
}

output "for_to_map_number_keys" {
  value = { for index, name in var.list : index => name }
}

output "for_grouped" {
  value = { for person in local.people : person.role => person.name... }
}

output "for_nested" {
  value = [for person in local.people : [for letter in [person.name, person.role] : upper(letter)]]
}

output "for_shadowed" {
  value = [for name in ["a"] : [for name in ["b", "c"] : name]]
}

output "for_over_text_refused" {
  value = try([for letter in var.text : letter], "refused")
}

output "for_over_null_refused" {
  value = try([for one in local.none : one], "refused")
}

output "for_duplicate_keys_refused" {
  value = try({ for name in var.list : name => name }, "refused")
}

output "for_to_map_null_value" {
  value = { for key in ["a"] : key => null }
}

output "object_expression_key" {
  value = { (local.name) = 1, "quoted ${local.name}" = 2, plain = 3 }
}

output "object_number_key" {
  value = { 1 = "one", 2.5 = "two" }
}

output "object_colon" {
  value = { a : 1, b : 2 }
}

output "object_key_like_local" {
  value = { name = "not the local" }
}

output "tuple_mixed" {
  value = [1, "a", null, true, [], {}]
}

output "nested_collections" {
  value = { list = [{ map = { set = toset(["x"]) } }] }
}
