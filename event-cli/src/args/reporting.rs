//! The output format of a subcommand.

use crate::finding::ReportFormat;
use clap::{Args, ValueEnum};

/// The format of findings.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// Output format [default: human; github where `GITHUB_ACTIONS=true`]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text to read
    Human,
    /// JSON
    Json,
}
