//! What a command finds, as one record, whoever finds it and however it is told.
//!
//! A command makes a list of findings and hands it to the console as one [`Report`]:
//!
//! ```text
//! let finding = Finding::error("EV0201", "`payment_failed` v2: `amount` is not there any more")
//!     .help("give the event a new version")
//!     .at(&event.source)
//!     .event(event)
//!     .field("amount");
//! console.report(&Report::new(vec![finding]))?;
//! ```

mod github;
mod human;
mod place;
mod record;
mod report;
mod sarif;
mod snippet;
mod text;

pub(crate) use human::Human;
pub(crate) use place::Place;
pub(crate) use record::{Finding, Severity};
pub(crate) use report::Report;

use event_core::Catalog;
use std::fmt::Write;

/// For whom findings are told.
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
    /// Whether it is a document, which is written even where there is nothing to tell.
    pub(crate) const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// The document of a report, for standard output.
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
