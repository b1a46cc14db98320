//! Where a finding is: in a file of the checkout, and in the plan.

use std::path::{MAIN_SEPARATOR, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::log::{ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region};
use crate::report::escape::visible;
use crate::report::v1::{Finding, Report, SourceLocation};
use crate::report::words;

/// The root of the checkout, under which every relative path lies.
pub(super) const ROOT: &str = "%SRCROOT%";

/// What RFC 3986 leaves as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a finding is mended, or else the plan that shows it: GitHub refuses a whole file for one result without a file.
pub(super) fn of(report: &Report, finding: &Finding) -> Location {
    let written = finding.location.as_ref().and_then(line);
    Location {
        physical_location: written.or_else(|| plan(report, finding)),
        logical_locations: vec![logical(report, finding)],
    }
}

/// A line of a file.
pub(super) fn line(place: &SourceLocation) -> Option<PhysicalLocation> {
    Some(PhysicalLocation {
        region: Some(Region {
            start_line: place.line.max(1),
        }),
        ..file(&place.file)?
    })
}

/// A whole file; `None` for standard input.
pub(super) fn file(path: &str) -> Option<PhysicalLocation> {
    let path = path.strip_prefix("./").unwrap_or(path);
    if matches!(path, "" | "-") {
        return None;
    }
    let segments: Vec<String> = path
        .split(MAIN_SEPARATOR)
        .map(|segment| utf8_percent_encode(segment, ENCODED).to_string())
        .collect();
    let relative = segments.join("/");
    let artifact_location = match Path::new(path).is_absolute() {
        true => ArtifactLocation {
            uri: format!("file:///{}", relative.trim_start_matches('/')),
            uri_base_id: None,
        },
        false => ArtifactLocation {
            uri: relative,
            uri_base_id: Some(ROOT),
        },
    };
    Some(PhysicalLocation {
        artifact_location,
        region: None,
    })
}

fn plan(report: &Report, finding: &Finding) -> Option<PhysicalLocation> {
    let plan = report.plans.iter().find(|plan| plan.name == finding.plan)?;
    file(&plan.path)
}

fn logical(report: &Report, finding: &Finding) -> LogicalLocation {
    let (name, kind) = match &finding.address {
        Some(address) => (visible(address), "resource"),
        None => (words::whole(finding).to_owned(), "module"),
    };
    let fully_qualified_name = match report.plans.len() > 1 && !finding.plan.is_empty() {
        true => format!("{}: {name}", visible(&finding.plan)),
        false => name.clone(),
    };
    LogicalLocation {
        name,
        fully_qualified_name,
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::{ROOT, file};

    fn uri(path: &str) -> Option<(String, Option<&'static str>)> {
        file(path).map(|found| (found.artifact_location.uri, found.artifact_location.uri_base_id))
    }

    #[test]
    fn paths_become_references_under_the_root() {
        let under_root = |uri: &str| Some((uri.to_owned(), Some(ROOT)));
        assert_eq!(uri("modules/db/main.tf"), under_root("modules/db/main.tf"));
        assert_eq!(uri("./main.tf"), under_root("main.tf"));
        assert_eq!(uri("a b/ü#?.tf"), under_root("a%20b/%C3%BC%23%3F.tf"));
        assert_eq!(uri("javascript:x"), under_root("javascript%3Ax"));
        assert_eq!(uri("/tmp/plan.json"), Some(("file:///tmp/plan.json".into(), None)));
        assert_eq!(uri("-"), None);
        assert_eq!(uri(""), None);
    }
}
