//! The good twin after its apply: everything stands, every value is known, nothing changes.

use serde_json::{Value, json};

use super::edit::Twin;

const ACCOUNT: &str = "eu-central-1:111122223333";

pub(super) fn key_id(key: &str) -> String {
    let number = ["financial", "general", "logs", "pii", "secrets"]
        .iter()
        .position(|known| *known == key)
        .unwrap();
    format!("5aafab8f-0a2a-4da4-b7a7-0fb710b5139{number}")
}

pub(super) fn key_arn(key: &str) -> String {
    format!("arn:aws:kms:{ACCOUNT}:key/{}", key_id(key))
}

/// `pii` out of `module.key["pii"].…`
fn key_in(text: &str) -> Option<&str> {
    text.strip_prefix("module.key[\"")?.split('"').next()
}

fn bucket_name(address: &str) -> String {
    format!("portal-{}.example.com", address.rsplit('.').next().unwrap())
}

pub(super) fn twin() -> Twin {
    let mut twin = Twin::good();
    let addresses: Vec<String> = twin.0["resource_changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["address"].as_str().unwrap().to_owned())
        .collect();
    for address in &addresses {
        let written = twin.expressions(address).clone();
        let change = twin.change(address);
        let unknown = std::mem::replace(&mut change["after_unknown"], json!({}));
        apply(&mut change["after"], &unknown, &written, address, "");
        change["before"] = change["after"].clone();
        change["before_sensitive"] = change["after_sensitive"].clone();
        change["actions"] = json!(["no-op"]);
    }
    for (bucket, algorithm, key) in [
        ("profiles", "aws:kms", key_arn("pii")),
        ("assets", "AES256", String::new()),
    ] {
        let default = json!([{ "sse_algorithm": algorithm, "kms_master_key_id": key }]);
        let copy =
            json!([{ "rule": [{ "apply_server_side_encryption_by_default": default, "bucket_key_enabled": false }] }]);
        let change = twin.change(&format!("aws_s3_bucket.{bucket}"));
        for side in ["before", "after"] {
            change[side]["server_side_encryption_configuration"] = copy.clone();
        }
    }
    twin
}

/// Fills in what was known only after apply.
fn apply(after: &mut Value, unknown: &Value, written: &Value, address: &str, name: &str) {
    match unknown {
        Value::Bool(true) => *after = value(written, address, name),
        Value::Object(members) => {
            for (name, unknown) in members {
                if !after.is_object() {
                    *after = json!({});
                }
                apply(&mut after[name], unknown, &written[name], address, name);
            }
        }
        Value::Array(elements) => {
            for (index, unknown) in elements.iter().enumerate() {
                apply(&mut after[index], unknown, &written[index], address, name);
            }
        }
        _ => {}
    }
}

/// A value that matters to somebody who names the resource or its key; the others are as good as not set.
fn value(written: &Value, address: &str, name: &str) -> Value {
    let reference = written["references"][0].as_str().unwrap_or_default();
    if let Some(key) = key_in(reference) {
        return key_arn(key).into();
    }
    if reference.starts_with("aws_s3_bucket.") {
        return bucket_name(reference.trim_end_matches(".id")).into();
    }
    if let Some(cluster) = reference.strip_suffix(".id").filter(|_| name == "cluster_identifier") {
        return format!("arn:aws:test:{ACCOUNT}:{cluster}").into();
    }
    match (key_in(address), address.contains("aws_kms_alias"), name) {
        (Some(key), false, "arn") | (Some(key), true, "target_key_arn") => key_arn(key).into(),
        (Some(key), false, "id" | "key_id") | (Some(key), true, "target_key_id") => key_id(key).into(),
        (Some(key), true, "arn") => format!("arn:aws:kms:{ACCOUNT}:alias/portal-{key}").into(),
        (Some(key), true, "id") => format!("alias/portal-{key}").into(),
        (None, _, "id") if address.starts_with("aws_s3_bucket") => bucket_name(address).into(),
        (None, _, "arn") if address.starts_with("aws_s3_bucket.") => {
            format!("arn:aws:s3:::{}", bucket_name(address)).into()
        }
        (None, _, "id" | "arn") => format!("arn:aws:test:{ACCOUNT}:{address}").into(),
        _ => Value::Null,
    }
}
