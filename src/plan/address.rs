//! Names and instance keys in addresses.

use super::reader::Scalar;
use super::types::Index;

/// An instance key.
///
/// # Errors
/// With the name of the shape, for anything but a whole number or a string.
pub(super) fn index_of(field: Option<Scalar<'_>>) -> Result<Option<Index>, &'static str> {
    match field {
        None | Some(Scalar::Null) => Ok(None),
        Some(Scalar::Unsigned(number)) => Ok(Some(Index::Number(number))),
        Some(Scalar::Text(text)) => Ok(Some(Index::Text(text.into_owned()))),
        Some(other) => Err(other.shape()),
    }
}

/// The name in an address, for entries without one.
pub(super) fn name_in<'a>(address: &'a str, module: Option<&str>, resource_type: &str) -> &'a str {
    fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
        text.strip_prefix(prefix)?.strip_prefix('.')
    }
    let within = module.and_then(|module| strip(address, module)).unwrap_or(address);
    let within = within.strip_prefix("data.").unwrap_or(within);
    strip(within, resource_type)
        .and_then(|name| name.split('[').next())
        .unwrap_or_default()
}

/// An address without instance keys: `module.a["x.y"].aws_b.c[0]` is `module.a.aws_b.c`.
pub(super) fn without_keys(address: &str) -> String {
    let mut within_key = false;
    let mut quoted = false;
    let mut escaped = false;
    address
        .chars()
        .filter(|&character| {
            let starts_in_key = within_key;
            if quoted {
                quoted = escaped || character != '"';
                escaped = character == '\\' && !escaped;
            } else {
                match character {
                    '[' => within_key = true,
                    ']' => within_key = false,
                    '"' => quoted = within_key,
                    _ => {}
                }
            }
            !(starts_in_key || within_key)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_dots_brackets_and_quotes_are_taken_out() {
        for (address, bare) in [
            ("aws_b.c", "aws_b.c"),
            ("aws_b.c[0]", "aws_b.c"),
            (
                r#"module.a["x.y"].module.b["]\"["].aws_b.c["\\"]"#,
                "module.a.module.b.aws_b.c",
            ),
        ] {
            assert_eq!(without_keys(address), bare);
        }
    }
}
