# Functions over values and collections.

output "length_list" {
  value = length(var.list)
}

output "length_set" {
  value = length(var.set)
}

output "length_map" {
  value = length(var.map)
}

output "length_object" {
  value = length(local.object)
}

output "length_empty" {
  value = length([])
}

output "length_null_refused" {
  value = try(length(local.none), "refused")
}

output "element" {
  value = element(var.list, 1)
}

output "element_wraps" {
  value = element(["a", "b"], 5)
}

output "element_text" {
  value = element(["a", "b"], "1")
}

output "element_of_empty_refused" {
  value = try(element(var.empty_list, 0), "refused")
}

output "element_negative" {
  value = try(element(["a", "b", "c"], -1), "refused")
}

output "one_of_one" {
  value = one(["a"])
}

output "one_of_none" {
  value = one([])
}

output "one_of_set" {
  value = one(toset(["x"]))
}

output "one_of_two_refused" {
  value = try(one(["a", "b"]), "refused")
}

output "one_of_null" {
  value = try(one(null), "refused")
}

output "lookup" {
  value = lookup(var.map, "a", "default")
}

output "lookup_default" {
  value = lookup(var.map, "missing", "default")
}

output "lookup_no_default" {
  value = lookup(var.map, "b")
}

output "lookup_null_member" {
  value = lookup({ a = null }, "a", "default")
}

output "lookup_object" {
  value = lookup({ a = 1, b = "x" }, "b", "default")
}

output "lookup_number_default" {
  value = lookup({ a = 1 }, "b", 5)
}

output "lookup_text_default_of_numbers" {
  value = lookup(tomap({ a = 1 }), "b", "5")
}

output "keys" {
  value = keys(local.object)
}

output "keys_of_map" {
  value = keys(var.map)
}

output "values" {
  value = values({ b = 1, a = "x" })
}

output "values_of_map" {
  value = values(var.map)
}

output "contains" {
  value = contains(var.list, "a")
}

output "contains_not" {
  value = contains(var.list, "z")
}

output "contains_number_as_text" {
  value = contains(["1", "2"], 1)
}

output "contains_null" {
  value = try(contains(["a", null], null), "refused")
}

output "contains_set" {
  value = contains(var.set, "b")
}

output "merge" {
  value = merge({ a = 1, b = 2 }, { b = "x", c = null })
}

output "merge_null" {
  value = merge({ a = 1 }, null)
}

output "merge_maps" {
  value = merge(var.map, { a = "other" })
}

output "merge_map_and_number" {
  value = merge(tomap({ a = "x" }), { b = 1 })
}

output "merge_none" {
  value = merge()
}

output "merge_of_for" {
  value = merge([for name in ["a", "b"] : { (name) = name }]...)
}

output "merge_deep_replaces" {
  value = merge({ a = { x = 1 } }, { a = { y = 2 } })
}

output "concat" {
  value = concat(["a"], [1], [])
}

output "concat_lists" {
  value = concat(var.list, tolist(["z"]))
}

output "concat_list_and_numbers" {
  value = concat(var.list, [1])
}

output "flatten" {
  value = flatten([["a", ["b"]], [], "c", [[["d"]]]])
}

output "flatten_sets" {
  value = flatten([toset(["b", "a"]), ["c"]])
}

output "flatten_null" {
  value = flatten([null, ["a", null]])
}

output "flatten_maps_stay" {
  value = flatten([{ a = [1] }, [{ b = 2 }]])
}

output "compact" {
  value = compact(["a", "", null, "b"])
}

output "distinct" {
  value = distinct(["a", "b", "a"])
}

output "distinct_numbers" {
  value = distinct([1, 1.0, 2])
}

output "distinct_mixed" {
  value = distinct(["1", 1])
}

output "toset" {
  value = toset(["b", "a", "b"])
}

output "toset_mixed" {
  value = toset(["1", 1, true])
}

output "toset_empty" {
  value = toset([])
}

output "tolist" {
  value = tolist(["b", 1, true])
}

output "tolist_of_set" {
  value = tolist(toset(["b", "a"]))
}

output "tolist_of_number_set" {
  value = tolist(toset([10, 9, 1]))
}

output "tolist_of_bool_set" {
  value = tolist(toset([true, false]))
}

output "tomap" {
  value = tomap({ a = 1, b = "x" })
}

output "tostring" {
  value = tostring(1.50)
}

output "tostring_null" {
  value = tostring(null)
}

output "tostring_list_refused" {
  value = try(tostring(["a"]), "refused")
}

output "tonumber" {
  value = tonumber("1.5")
}

output "tonumber_refused" {
  value = try(tonumber("x"), "refused")
}

output "tonumber_exponent" {
  value = tonumber("1e3")
}

output "tobool" {
  value = tobool("true")
}

output "tobool_refused" {
  value = try(tobool("yes"), "refused")
}

output "tobool_number_refused" {
  value = try(tobool(1), "refused")
}

output "sort" {
  value = sort(["b", "a", "C"])
}

output "sort_numbers_as_text" {
  value = sort([10, 9, 1])
}

output "sort_set" {
  value = sort(toset(["z", "y"]))
}

output "reverse" {
  value = reverse([3, "a", 1])
}

output "reverse_of_set" {
  value = reverse(toset(["a", "b"]))
}

output "zipmap" {
  value = zipmap(["a", "b"], [1, "x"])
}

output "zipmap_uneven_refused" {
  value = try(zipmap(["a", "b"], [1]), "refused")
}

output "coalesce" {
  value = coalesce(null, "", "first", "second")
}

output "coalesce_numbers" {
  value = coalesce(null, 0, 1)
}

output "coalesce_mixed" {
  value = coalesce(1, "x")
}

output "coalesce_false" {
  value = coalesce(false, true)
}

output "coalesce_refused" {
  value = try(coalesce(null, ""), "refused")
}

output "coalesce_expanded" {
  value = coalesce(["", "x"]...)
}

output "coalesce_list" {
  value = coalesce(null, ["a"])
}

output "coalescelist" {
  value = coalescelist([], ["a"], ["b"])
}

output "coalescelist_null" {
  value = try(coalescelist(null, ["a"]), "refused")
}

output "coalescelist_refused" {
  value = try(coalescelist([], []), "refused")
}

output "setunion" {
  value = setunion(["b", "a"], ["c", "a"])
}

output "setunion_mixed" {
  value = setunion(["1"], [1])
}

output "setintersection" {
  value = setintersection(["a", "b"], ["b", "c"])
}

output "setintersection_three" {
  value = setintersection(["a", "b"], ["b", "c"], ["c"])
}

output "setsubtract" {
  value = setsubtract(["a", "b"], ["b"])
}

output "setsubtract_mixed" {
  value = setsubtract(["1", "2"], [1])
}

output "range" {
  value = range(3)
}

output "range_from" {
  value = range(1, 4)
}

output "range_step" {
  value = range(0, 10, 3)
}

output "range_down" {
  value = range(4, 1)
}

output "range_negative" {
  value = range(-2)
}

output "slice" {
  value = slice(["a", "b", "c"], 1, 2)
}

output "slice_empty" {
  value = slice(["a"], 1, 1)
}

output "slice_refused" {
  value = try(slice(["a"], 0, 2), "refused")
}

output "alltrue" {
  value = alltrue([true, "true"])
}

output "alltrue_empty" {
  value = alltrue([])
}

output "alltrue_null" {
  value = alltrue([true, null])
}

output "anytrue" {
  value = anytrue([false, true])
}

output "anytrue_empty" {
  value = anytrue([])
}

output "anytrue_null" {
  value = anytrue([null])
}

output "min" {
  value = min(3, 1.5, "2")
}

output "max" {
  value = max(-1, -2)
}

output "max_expanded" {
  value = max(local.numbers...)
}

output "sum" {
  value = sum([1, 2.5])
}

output "try_first" {
  value = try("a", "b")
}

output "try_nested" {
  value = try(local.object.x.y, local.object.c.d, "last")
}

output "try_null_stays" {
  value = try(local.none, "not this")
}

output "try_of_function" {
  value = try(tonumber("x"), 0)
}

output "can_true" {
  value = can(local.object.a)
}

output "can_false" {
  value = can(local.object.x)
}

output "can_function" {
  value = can(tonumber("x"))
}

output "can_index" {
  value = can(local.numbers[7])
}

output "nonsensitive_of_sensitive" {
  value = nonsensitive(sensitive("x"))
}

output "core_namespace" {
  value = core::upper("x")
}

output "provider_function" {
  value = provider::aws::arn_parse("arn:aws:kms:eu-central-1:111122223333:key/x").service
}

output "type_of_workspace" {
  value = terraform.workspace == "default"
}
