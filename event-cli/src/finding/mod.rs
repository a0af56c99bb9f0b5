//! A finding: one record for all commands and all output formats.
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

mod codes;
mod format;
mod github;
mod human;
mod kind;
mod kinds;
mod place;
mod record;
mod report;
mod sarif;
mod severity;
mod snippet;
mod text;

pub(crate) use format::{ReportFormat, document, lines};
pub(crate) use human::Human;
pub(crate) use kinds::{kind, kinds};
pub(crate) use place::Place;
pub(crate) use record::Finding;
pub(crate) use report::Report;
pub(crate) use severity::Severity;
