//! Findings as annotations of a GitHub workflow: one command per line.
//!
//! The runner's `ActionCommand.cs` says what it unescapes: `%25`, `%0D`, `%0A` everywhere, and
//! `%3A` and `%2C` in properties.

use super::record::Finding;
use super::severity::Severity;
use super::text::shown;
use std::fmt::Write;

/// `::error file=shop/src/payment.rs,line=12,col=16,title=EV0104::message%0Ahelp: what to do`.
pub(super) fn annotation(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut line = format!("::{command} ");
    if let Some(place) = &finding.place {
        write_property(&mut line, "file", &place.file);
        let numbers =
            [("line", place.line), ("col", place.column), ("endColumn", place.end_column)];
        for (name, number) in numbers {
            if let Some(number) = number {
                write_property(&mut line, name, &number.to_string());
            }
        }
    }
    // Writing to a `String` does not fail.
    let _ = write!(
        line,
        "title={}::{}",
        escaped(finding.id(), true),
        escaped(&shown(&finding.message), false)
    );
    for (title, text) in finding.notes() {
        line += &escaped(&format!("\n{title}: {}", shown(&text)), false);
    }
    line
}

fn write_property(line: &mut String, name: &str, value: &str) {
    let _ = write!(line, "{name}={},", escaped(&shown(value), true));
}

/// The text, escaped so that a runner reads it back unchanged.
fn escaped(text: &str, property: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => escaped += "%25",
            '\r' => escaped += "%0D",
            '\n' => escaped += "%0A",
            ':' if property => escaped += "%3A",
            ',' if property => escaped += "%2C",
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{annotation, escaped};
    use crate::finding::{Finding, Place};
    use proptest::prelude::*;
    use std::path::Path;

    /// The runner's unescaping, in its order.
    fn unescaped(text: &str, property: bool) -> String {
        let text = text.replace("%0D", "\r").replace("%0A", "\n");
        let text = if property { text.replace("%3A", ":").replace("%2C", ",") } else { text };
        text.replace("%25", "%")
    }

    proptest! {
        #[test]
        fn a_runner_reads_what_was_written(text in any::<String>(), property: bool) {
            let escaped = escaped(&text, property);
            prop_assert!(!escaped.contains(['\r', '\n']));
            prop_assert!(!property || !escaped.contains([':', ',']));
            prop_assert_eq!(unescaped(&escaped, property), text);
        }

        #[test]
        fn an_annotation_is_one_command(message in "(?s).{0,40}(::|\n::error ::|%0A)?.{0,40}", file in "(?s).{1,40}", help: String) {
            let finding = Finding::error("EV0102", message).help(help).at(Place::file(Path::new(&file)).line(3));
            let annotation = annotation(&finding);
            prop_assert_eq!(annotation.lines().count(), 1);
            let (properties, _) = annotation.strip_prefix("::error ").unwrap().split_once("::").unwrap();
            let names: Vec<_> = properties.split(',').map(|property| property.split_once('=').unwrap().0).collect();
            prop_assert_eq!(names, ["file", "line", "title"]);
        }
    }

    #[test]
    fn percent_signs_are_no_escapes() {
        assert_eq!(escaped("100%0A\n", false), "100%250A%0A");
    }
}
