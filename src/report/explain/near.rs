//! What an address on the command line means, and what it may be a misspelling of.

use crate::eval::words;
use crate::model::{Model, ResourceId};

/// The most addresses that are offered.
const MOST: usize = 5;
/// Below this likeness two addresses have nothing to do with each other.
const ALIKE: f64 = 0.8;

/// What an address means in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// These objects: the resource, and its deposed objects.
    Found(Vec<ResourceId>),
    /// Several instances of one block: their addresses.
    Several(Vec<String>),
    /// Nothing; the addresses that are most like it, best first.
    Nothing(Vec<String>),
}

/// Looks an address up. One without an instance key is enough where there is one instance.
#[must_use]
pub fn find(model: &Model<'_>, address: &str) -> Match {
    let address = address.trim();
    let objects: Vec<ResourceId> = model
        .resources()
        .filter(|(id, resource)| resource.address == address || words::address(model, *id) == address)
        .map(|(id, _)| id)
        .collect();
    if !objects.is_empty() {
        return Match::Found(objects);
    }
    let mut instances: Vec<&str> = model
        .resources()
        .map(|(_, resource)| resource.address.as_str())
        .filter(|one| without_keys(one) == address || without_key(one) == address)
        .collect();
    instances.dedup();
    match instances.as_slice() {
        [] => Match::Nothing(closest(model, address)),
        [only] => find(model, only),
        several => Match::Several(several.iter().map(|&one| one.to_owned()).collect()),
    }
}

/// The address without the instance key at its end.
fn without_key(address: &str) -> &str {
    match address.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((block, _)) => block,
        None => address,
    }
}

/// The address without any instance key. A bracket inside a quoted key ends nothing.
fn without_keys(address: &str) -> String {
    let mut bare = String::with_capacity(address.len());
    let (mut inside, mut quoted, mut escaped) = (false, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if inside => quoted = !quoted,
            '[' if !quoted => inside = true,
            ']' if !quoted => inside = false,
            _ if inside => {}
            other => bare.push(other),
        }
    }
    bare
}

fn closest(model: &Model<'_>, address: &str) -> Vec<String> {
    let wanted = address.to_lowercase();
    let name = wanted.rsplit('.').next().unwrap_or(&wanted);
    let mut scored: Vec<(f64, &str)> = model
        .resources()
        .map(|(_, resource)| {
            let other = resource.address.to_lowercase();
            let whole = strsim::normalized_damerau_levenshtein(&wanted, &other);
            // The module may be missing, or the type wrong: the same name is a good guess.
            let same_end = other.ends_with(&format!(".{wanted}")) || wanted.ends_with(&format!(".{other}"));
            let same_name = !name.is_empty() && without_key(&other).rsplit('.').next() == Some(without_key(name));
            let likeness = match (same_end, same_name) {
                (true, _) => 1.0,
                (false, true) => whole.max(0.9),
                (false, false) => whole,
            };
            (likeness, resource.address.as_str())
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    scored.dedup_by(|left, right| left.1 == right.1);
    scored
        .into_iter()
        .take(MOST)
        .map(|(_, address)| address.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{without_key, without_keys};

    #[test]
    fn instance_keys_are_left_out() {
        assert_eq!(without_key("aws_kms_key.x[\"a\"]"), "aws_kms_key.x");
        assert_eq!(
            without_keys("module.a[0].aws_kms_key.x[\"a]\"]"),
            "module.a.aws_kms_key.x"
        );
        assert_eq!(without_keys("aws_kms_key.x[\"a\\\"]b\"]"), "aws_kms_key.x");
        assert_eq!(without_keys("aws_kms_key.x"), "aws_kms_key.x");
    }
}
