//! Findings as SARIF 2.1.0 (OASIS, 2020): the part that code scanning shows.

use super::kinds::kind;
use super::place::Place;
use super::record::Finding;
use super::report::Report;
use event_core::Catalog;
use event_schema::Json;
use std::fmt::Write;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The description of a finding without a code or a rule.
const NO_KIND: &str = "the run failed";

/// The SARIF log of one run.
pub(super) fn document(report: &Report, catalog: &Catalog) -> Json {
    let mut ids: Vec<&'static str> = report.findings().iter().map(Finding::id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rules = ids.iter().map(|id| rule(id));
    let driver = Json::object([
        ("name", catalog.package.into()),
        ("version", catalog.package_version.into()),
        ("rules", Json::List(rules.collect())),
    ]);
    let results = report.findings().iter().map(|finding| result(finding, &ids));
    let run = Json::object([
        ("tool", Json::object([("driver", driver)])),
        ("columnKind", "unicodeCodePoints".into()),
        ("results", Json::List(results.collect())),
    ]);
    Json::object([
        ("$schema", SCHEMA.into()),
        ("version", "2.1.0".into()),
        ("runs", Json::List(vec![run])),
    ])
}

/// The SARIF rule of a kind of finding, with the text of `explain`.
fn rule(id: &'static str) -> Json {
    let text = |text: &str| Json::object([("text", text.into())]);
    let kind = kind(id);
    let (title, help) =
        kind.as_ref().map_or((NO_KIND, NO_KIND), |kind| (kind.title, kind.explanation.trim()));
    Json::object([("id", id.into()), ("shortDescription", text(title)), ("help", text(help))])
}

fn result(finding: &Finding, ids: &[&'static str]) -> Json {
    let index = ids.binary_search(&finding.id()).unwrap_or_default();
    let mut message = finding.message.clone();
    for (title, text) in finding.notes() {
        message.extend(["\n", title, ": ", &text]);
    }
    let mut members = vec![
        ("ruleId", finding.id().into()),
        ("ruleIndex", Json::Number(index.into())),
        ("level", finding.severity.as_str().into()),
        ("message", Json::object([("text", message.into())])),
    ];
    if finding.place.is_some() || finding.event.is_some() {
        members.push(("locations", Json::List(vec![location(finding)])));
    }
    if let Some(old) = &finding.old_place {
        let location = Json::object([("physicalLocation", physical(old))]);
        members.push(("relatedLocations", Json::List(vec![location])));
    }
    let fingerprint = format!("{:016x}", fingerprint(finding));
    members.push(("partialFingerprints", Json::object([("finding/v1", fingerprint.into())])));
    members.push(("properties", finding.json()));
    Json::object(members)
}

fn location(finding: &Finding) -> Json {
    let physical = finding.place.as_ref().map(|place| ("physicalLocation", physical(place)));
    let logical = finding.event.as_ref().map(|(name, version)| {
        let field = finding.field.as_ref().map(|field| format!("#{field}")).unwrap_or_default();
        let name =
            Json::object([("fullyQualifiedName", format!("{name}@{version}{field}").into())]);
        ("logicalLocations", Json::List(vec![name]))
    });
    Json::object(physical.into_iter().chain(logical))
}

fn physical(place: &Place) -> Json {
    let mut members = vec![("artifactLocation", Json::object([("uri", uri(&place.file).into())]))];
    if let Some(line) = place.line.filter(|line| *line > 0) {
        let columns = [("startColumn", place.column), ("endColumn", place.end_column)];
        let columns =
            columns.into_iter().filter_map(|(name, column)| Some((name, Json::from(column?))));
        let region = [("startLine", Json::from(line))].into_iter().chain(columns);
        members.push(("region", Json::object(region)));
    }
    Json::object(members)
}

/// A file as a URI reference (RFC 3986): every byte is escaped, except unreserved characters and
/// `/`.
fn uri(file: &str) -> String {
    let mut uri = String::from(if file.starts_with('/') { "file://" } else { "" });
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// A hash that stays the same when lines move: of the kind, the event, the field, the place in a
/// document and the file; if there is no event, also of the message.
fn fingerprint(finding: &Finding) -> u64 {
    let place = finding.place.as_ref();
    let event = finding.event.as_ref().map(|(name, version)| format!("{name}@{version}"));
    let parts = [
        Some(finding.id()),
        place.map(|place| place.file.as_str()),
        place.and_then(|place| place.pointer.as_deref()),
        finding.field.as_deref(),
        event.as_deref().or(Some(finding.message.as_str())),
    ];
    // FNV-1a, 64 bits: stable across Rust releases, unlike the hashers of std.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.unwrap_or_default().bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, uri};
    use crate::finding::{Finding, Place};
    use std::path::Path;

    #[test]
    fn files_are_references() {
        assert_eq!(uri("shop/src/payment.rs"), "shop/src/payment.rs");
        assert_eq!(uri("a b#c:é"), "a%20b%23c%3A%C3%A9");
        assert_eq!(uri("/tmp/x"), "file:///tmp/x");
    }

    #[test]
    fn a_finding_is_the_same_on_another_line() {
        let at =
            |line| Finding::error("EV0102", "old").at(Place::file(Path::new("a.rs")).line(line));
        assert_eq!(fingerprint(&at(1)), fingerprint(&at(2)));
        assert_ne!(fingerprint(&at(1)), fingerprint(&at(1).field("b")));
        assert_ne!(
            fingerprint(&Finding::error("EV0102", "a")),
            fingerprint(&Finding::error("EV0102", "b"))
        );
    }
}
