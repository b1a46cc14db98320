//! From a document to a plan: refuses what cannot be judged and says what is missing.

use std::collections::HashSet;

use super::address::without_keys;
use super::context::{Context, named};
use super::document::Document;
use super::excerpt::visible;
use super::reader::Scalar;
use super::recognise;
use super::refusal::Refusal;
use super::types::{ConfigModule, Mode, Plan};

/// The major versions of the format that planseal reads.
const MAJORS: [&str; 2] = ["0", "1"];

/// Makes a plan of `document`.
///
/// # Errors
/// Where it is no plan, or one that cannot be judged.
pub(super) fn plan(document: Document<'_>, context: &Context<'_>) -> Result<Plan, Refusal> {
    if let Some(refusal) = recognise::json(&document) {
        return Err(refusal);
    }
    let format_version = format_version(&document)?;
    if flag("errored", document.errored.as_ref())? == Some(true) {
        return Err(Refusal::Errored);
    }
    if let Some(refusal) = context.take_malformed() {
        return Err(refusal);
    }
    let complete = flag("complete", document.complete.as_ref())?;
    let partial = partial(&document, complete);
    Ok(Plan {
        format_version,
        terraform_version: match document.terraform_version {
            Some(Scalar::Text(version)) => Some(version.into_owned()),
            _ => None,
        },
        partial,
        has_sensitivity_marks: document.changes.has_marks,
        changes: document.changes.list,
        prior_data: document.prior.data,
        configuration: document.configuration,
        variables: document.variables,
        relevant: document.relevant,
        notes: context.notes(),
    })
}

fn format_version(document: &Document<'_>) -> Result<String, Refusal> {
    let version = match &document.format_version {
        None | Some(Scalar::Null) => return Err(Refusal::FormatVersionMissing),
        Some(Scalar::Text(version)) => version,
        Some(other) => {
            return Err(Refusal::FormatVersionMalformed {
                shape: other.shape().to_owned(),
            });
        }
    };
    let major = version.split('.').next().unwrap_or_default();
    if MAJORS.contains(&major) {
        return Ok(version.clone().into_owned());
    }
    Err(Refusal::FormatVersionUnsupported {
        version: visible(version),
    })
}

fn flag(name: &str, value: Option<&Scalar<'_>>) -> Result<Option<bool>, Refusal> {
    match value {
        None | Some(Scalar::Null) => Ok(None),
        Some(Scalar::Bool(flag)) => Ok(Some(*flag)),
        Some(other) => Err(Refusal::MalformedPart {
            place: name.to_owned(),
            what: format!("is {} and not a boolean", other.shape()),
        }),
    }
}

/// Why the plan does not hold every configured resource.
fn partial(document: &Document<'_>, complete: Option<bool>) -> Option<String> {
    if document.deferred > 0 {
        return Some(match document.deferred {
            1 => "the plan leaves 1 change to a later plan (`deferred_changes`)".to_owned(),
            several => format!("the plan leaves {several} changes to a later plan (`deferred_changes`)"),
        });
    }
    if complete == Some(false) {
        return Some("the plan says that it is not complete (`complete` is false, as with `-target`)".to_owned());
    }
    let changes = &document.changes.list;
    if changes.is_empty() && document.prior.has_managed {
        return Some("the plan has no resource changes over an existing state (as with `-refresh-only`)".to_owned());
    }
    // A refresh of an empty state calls itself complete and has no entries.
    if complete.is_some() && !changes.is_empty() {
        return None;
    }
    let missing = missing(document);
    if missing.is_empty() {
        return None;
    }
    Some(format!(
        "the plan has no entry for configured resources: {}",
        named(&missing)
    ))
}

/// Addresses of configured resources that have no entry, in the configuration's order.
///
/// Resources and modules with `count` or `for_each` may rightly have none. An expression without references, such as
/// `toset(["a"])`, is left out of the configuration, so entries are compared without their instance keys.
fn missing(document: &Document<'_>) -> Vec<String> {
    let present: HashSet<String> = document
        .changes
        .list
        .iter()
        .filter(|change| change.deposed.is_none())
        .map(|change| without_keys(&change.address))
        .collect();
    let mut single = Vec::new();
    if let Some(configuration) = &document.configuration {
        add_single(&configuration.root, "", &mut single);
    }
    single.retain(|address| !present.contains(address));
    single
}

fn add_single(module: &ConfigModule, prefix: &str, addresses: &mut Vec<String>) {
    for resource in &module.resources {
        if resource.mode == Mode::Managed && resource.count.is_none() && resource.for_each.is_none() {
            addresses.push(format!("{prefix}{}.{}", resource.resource_type, resource.name));
        }
    }
    for (name, call) in &module.calls {
        if call.count.is_none() && call.for_each.is_none() {
            add_single(&call.module, &format!("{prefix}module.{name}."), addresses);
        }
    }
}
