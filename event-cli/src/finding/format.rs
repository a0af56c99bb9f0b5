//! The output formats of findings.

use super::human::Human;
use super::record::Finding;
use super::report::Report;
use super::{github, sarif};
use event_core::Catalog;
use std::fmt::Write;

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text to read
    #[default]
    Human,
    /// Annotations of a GitHub workflow
    Github,
    /// One JSON document
    Json,
    /// One SARIF 2.1.0 document, for code scanning
    Sarif,
}

impl ReportFormat {
    /// Whether the format is a document. A document is written even if there are no findings.
    pub(crate) const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// A report as a document, for standard output.
pub(crate) fn document(report: &Report, format: ReportFormat, catalog: &Catalog) -> String {
    let json = if format == ReportFormat::Sarif {
        sarif::document(report, catalog)
    } else {
        report.json()
    };
    json.to_line() + "\n"
}

/// Findings as lines, for standard error.
pub(crate) fn lines(findings: &[Finding], format: ReportFormat, human: &Human<'_>) -> String {
    let mut lines = String::new();
    for finding in findings {
        if format == ReportFormat::Github {
            // Writing to a `String` does not fail.
            let _ = writeln!(lines, "{}", github::annotation(finding));
        } else {
            human.write(finding, &mut lines);
        }
    }
    lines
}
