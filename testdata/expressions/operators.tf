# Operators, conditions, comparisons.

output "conditional_true" {
  value = true ? "yes" : "no"
}

output "conditional_null" {
  value = local.yes ? null : "no"
}

output "conditional_text_condition" {
  value = "true" ? 1 : 2
}

output "conditional_number_and_text" {
  value = local.yes ? 1 : "two"
}

output "conditional_bool_and_text" {
  value = local.no ? "two" : true
}

output "conditional_number_and_null" {
  value = local.yes ? 1 : null
}

output "conditional_nested" {
  value = var.text == "x" ? 1 : var.text == "Text" ? 2 : 3
}

output "conditional_dead_branch_refused" {
  value = length(var.empty_list) > 0 ? var.empty_list[0] : "none"
}

output "conditional_lists" {
  value = local.yes ? ["a"] : []
}

output "conditional_lists_of_two_types" {
  value = local.yes ? [1, 2] : ["a"]
}

output "conditional_maps" {
  value = local.no ? { a = 1 } : { b = "x" }
}

output "conditional_objects_of_numbers" {
  value = local.yes ? { a = 1 } : { b = 2 }
}

output "conditional_empty_object" {
  value = local.yes ? {} : { a = 1 }
}

output "conditional_list_or_null" {
  value = local.no ? ["a"] : null
}

output "not" {
  value = !local.no
}

output "not_text" {
  value = !"false"
}

output "negative" {
  value = -local.numbers[0]
}

output "double_negative" {
  value = --5
}

output "add" {
  value = 1 + 2
}

output "add_fractions" {
  value = 0.1 + 0.2
}

output "add_text" {
  value = "1" + "2.5"
}

output "subtract" {
  value = 1 - 2.5
}

output "multiply" {
  value = 3 * 0.1
}

output "multiply_large" {
  value = 123456789012 * 987654321098
}

output "divide" {
  value = 7 / 2
}

output "divide_whole" {
  value = 8 / 2
}

output "divide_endless" {
  value = 1 / 3
}

output "modulo" {
  value = 7 % 3
}

output "modulo_negative" {
  value = -7 % 3
}

output "modulo_fraction" {
  value = 7.5 % 2
}

output "precedence" {
  value = 1 + 2 * 3 - 4 / 2
}

output "parentheses" {
  value = (1 + 2) * 3
}

output "less" {
  value = 1 < 2
}

output "greater_equal_text" {
  value = "10" >= "9"
}

output "large_number" {
  value = 12345678901234567890
}

output "larger_number" {
  value = 123456789012345678901234567890
}

output "exponent" {
  value = 1.5e3
}

output "small_exponent" {
  value = 1e-3
}

output "whole_fraction" {
  value = 5.0
}

output "negative_zero" {
  value = 0 * -1
}

output "equal_numbers" {
  value = 1 == 1.0
}

output "equal_number_and_text" {
  value = 1 == "1"
}

output "equal_bool_and_text" {
  value = true == "true"
}

output "equal_nulls" {
  value = var.nothing == null
}

output "equal_null_and_empty" {
  value = "" == null
}

output "equal_lists" {
  value = [1, 2] == [1, 2]
}

output "equal_tuple_and_list" {
  value = var.list == ["b", "a", "b"]
}

output "equal_list_and_empty" {
  value = var.empty_list == []
}

output "equal_list_and_typed_empty" {
  value = var.empty_list == tolist([])
}

output "equal_objects" {
  value = { a = 1 } == { a = 1 }
}

output "equal_map_and_object" {
  value = tomap({ a = 1 }) == { a = 1 }
}

output "equal_sets" {
  value = toset(["a", "b"]) == toset(["b", "a"])
}

output "equal_number_lists" {
  value = [1] == ["1"]
}

output "unequal_objects" {
  value = { a = 1 } != { a = 2 }
}

output "unequal_lengths" {
  value = ["a"] == ["a", "b"]
}

output "and" {
  value = true && false
}

output "or" {
  value = false || true
}

output "and_texts" {
  value = "true" && true
}

output "and_before_or" {
  value = true || false && false
}

output "not_binds_tighter" {
  value = !false && false
}
