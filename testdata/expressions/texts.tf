# Templates, and functions over texts.

output "template_number" {
  value = "port ${8080}"
}

output "template_fraction" {
  value = "${1.50} and ${0.1 + 0.2}"
}

output "template_bool" {
  value = "is ${true}"
}

output "template_alone_number" {
  value = 5
}

output "template_alone_bool" {
  value = true
}

output "template_alone_list" {
  value = [1, 2]
}

output "template_large_number" {
  value = "n ${12345678901234567890}"
}

output "template_nested" {
  value = "a ${"b ${"c ${local.name}"}"}"
}

output "template_null_refused" {
  value = try("x${local.none}", "refused")
}

output "template_list_refused" {
  value = try("x${local.numbers}", "refused")
}

output "template_escaped" {
  value = "$${not} %%{this} $${${local.name}}"
}

output "template_dollar" {
  value = "$ % $$ %% $5 100% $"
}

output "template_backslashes" {
  value = "a\tb\\c\"d\n\u00e9\U0001F600"
}

output "template_unicode" {
  value = "größe ${upper("straße")} 日本"
}

output "template_if" {
  value = "%{if local.yes}yes%{else}no%{endif}"
}

output "template_if_false" {
  value = "a%{if local.no}yes%{endif}b"
}

output "template_if_strip" {
  value = "a %{~if local.yes~} yes %{~else~} no %{~endif~} b"
}

output "template_for" {
  value = "%{for name in var.list}[${name}]%{endfor}"
}

output "template_for_index" {
  value = "%{for index, name in var.list}${index}${name},%{endfor}"
}

output "template_for_map" {
  value = "%{for key, value in var.map}${key}${value};%{endfor}"
}

output "template_for_strip" {
  value = "<%{for name in var.list~} ${name} %{~endfor}>"
}

output "template_strip_interpolation" {
  value = "a   ${~local.name~}   b"
}

output "template_strip_left" {
  value = "a   ${~local.name}   b"
}

output "template_strip_right" {
  value = "a   ${local.name~}   b"
}

output "template_strip_newline" {
  value = "a\n  ${~local.name~}\n  b"
}

output "template_nested_directives" {
  value = "%{for person in local.people}%{if person.age > 20}${person.name} %{endif}%{endfor}"
}

output "template_if_unchosen_refused" {
  value = "%{if local.no}${local.none}%{endif}ok"
}

output "format_plain" {
  value = format("plain")
}

output "format_text" {
  value = format("%s and %s", "a", "b")
}

output "format_number" {
  value = format("%d", 5)
}

output "format_number_of_text" {
  value = format("%d", "7")
}

output "format_value" {
  value = format("%v %v %v", 1, true, "x")
}

output "format_text_of_number" {
  value = format("%s", 5.5)
}

output "format_text_of_bool" {
  value = format("%s", true)
}

output "format_percent" {
  value = format("100%%")
}

output "format_padded" {
  value = format("%05d|%-5s|%5s", 42, "a", "b")
}

output "format_fraction" {
  value = format("%.2f", 3.14159)
}

output "format_quoted" {
  value = format("%q", "a\"b")
}

output "format_indexed" {
  value = format("%[2]s %[1]s", "a", "b")
}

output "format_json" {
  value = format("%#v", ["a"])
}

output "format_value_of_list" {
  value = format("%v", ["a", 1])
}

output "format_value_of_null" {
  value = format("%v", null)
}

output "formatlist" {
  value = formatlist("%s-%s", ["a", "b"], "x")
}

output "join" {
  value = join(",", var.list)
}

output "join_empty" {
  value = join(",", [])
}

output "join_one" {
  value = join(",", ["only"])
}

output "join_numbers" {
  value = join("-", [1, 2.5, true])
}

output "join_several_lists" {
  value = join(",", ["a"], ["b", "c"])
}

output "join_set" {
  value = join(",", var.set)
}

output "split" {
  value = split(",", "a,b,,c")
}

output "split_empty" {
  value = split(",", "")
}

output "split_no_separator" {
  value = split("", "abc")
}

output "replace" {
  value = replace("a.b.c", ".", "-")
}

output "replace_regex" {
  value = replace("a1b22", "/[0-9]+/", "#")
}

output "replace_regex_group" {
  value = replace("ab", "/(a)(b)/", "$2$1")
}

output "replace_slash" {
  value = replace("a/b/c", "/", "-")
}

output "replace_slashes" {
  value = replace("a//b", "//", "-")
}

output "replace_empty" {
  value = replace("abc", "", "-")
}

output "lower" {
  value = lower("ÀBC")
}

output "upper" {
  value = upper("straße")
}

output "title" {
  value = title("hello wORLD it's")
}

output "trimspace" {
  value = trimspace("  a b \n")
}

output "trim" {
  value = trim("?!hello?!", "!?")
}

output "trim_cutset" {
  value = trim("abcba", "ab")
}

output "trimprefix" {
  value = trimprefix("helloworld", "hello")
}

output "trimprefix_twice" {
  value = trimprefix("hellohello", "hello")
}

output "chomp" {
  value = chomp("hello\n\n")
}

output "substr" {
  value = substr("hello world", 1, 4)
}

output "substr_negative" {
  value = substr("hello world", -5, -1)
}

output "substr_beyond" {
  value = substr("abc", 1, 10)
}

output "substr_unicode" {
  value = substr("日本語x", 1, 2)
}

output "startswith" {
  value = startswith("hello", "he")
}

output "startswith_empty" {
  value = startswith("hello", "")
}

output "strcontains" {
  value = strcontains("hello", "ll")
}

output "length_text" {
  value = length("größe")
}

output "length_emoji" {
  value = length("👨‍👩‍👧e\u0301")
}

output "regex" {
  value = regex("[a-z]+", "12abc")
}

output "regexall" {
  value = regexall("[a-z]", "1a2b")
}

output "jsonencode" {
  value = jsonencode({ b = [1, "x", null, true], a = 1.5 })
}

output "jsonencode_text" {
  value = jsonencode("a<b>&\u2028\"")
}

output "jsonencode_null" {
  value = jsonencode(null)
}

output "jsonencode_number" {
  value = jsonencode(100000000000000000000)
}

output "jsonencode_set" {
  value = jsonencode(toset(["b", "a"]))
}

output "jsondecode" {
  value = jsondecode("{\"a\": [1, 2.5, null, \"x\"], \"b\": {}}")
}

output "jsondecode_refused" {
  value = try(jsondecode("{"), "refused")
}

output "jsondecode_of_encoded" {
  value = jsondecode(jsonencode({ a = [1] })).a[0]
}

output "jsondecode_large" {
  value = jsondecode("12345678901234567890123")
}

output "heredoc" {
  value = <<EOT
  first ${local.name}
    second
EOT
}

output "heredoc_indented" {
  value = <<-EOT
    first
      second ${local.name}

    third
  EOT
}

output "heredoc_indented_directives" {
  value = <<-EOT
    %{for name in var.list~}
    - ${name}
    %{endfor~}
    %{if local.yes}
    yes
    %{else}
    no
    %{endif}
    end
  EOT
}

output "heredoc_escapes" {
  value = <<-EOT
    \n "quoted" $${not} %%{this}
  EOT
}

output "heredoc_empty" {
  value = <<-EOT
  EOT
}

output "heredoc_starts_with_interpolation" {
  value = <<-EOT
    ${local.name}
      ${local.name} x
  EOT
}

output "heredoc_interpolation_least_indented" {
  value = <<-EOT
      more
    ${local.name}
  EOT
}

output "heredoc_trimmed" {
  value = trimspace(<<-EOT
    a
      b
  EOT
  )
}

output "heredoc_strip" {
  value = <<-EOT
    a
    ${~local.name~}
    b
  EOT
}

output "heredoc_json" {
  value = jsondecode(<<-EOT
    { "key": "${local.name}", "list": ${jsonencode(var.list)} }
  EOT
  ).list
}

output "heredoc_unknown" {
  value = <<-EOT
    key: ${aws_kms_key.one.arn}
  EOT
}
