//! Output, and the exit code of a run.

use crate::environment::Env;
use crate::finding::{self, Finding, Human, Report, ReportFormat};
use crate::progress::Progress;
use event_core::Catalog;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Exit codes. Findings and failures have different codes, as in `cargo-semver-checks`.
const OK: u8 = 0;
const FINDINGS: u8 = 100;
const COULD_NOT_RUN: u8 = 101;
const USAGE: u8 = 2;

/// Why a run ends early.
#[derive(Debug)]
pub(crate) enum Ending {
    /// There are findings, and they were reported.
    Findings,
    /// The command line is wrong; the text is clap's.
    Usage(String),
    /// The run failed.
    CouldNotRun(Box<Finding>),
    /// Standard output is closed.
    OutputClosed,
}

impl Ending {
    pub(crate) fn could_not_run(what: String, help: impl Into<Option<String>>) -> Self {
        let failure = Finding::failure(what);
        match help.into() {
            Some(help) => failure.help(help).into(),
            None => failure.into(),
        }
    }

    /// A failure to read or write a file; `verb` names the operation.
    pub(crate) fn cannot(verb: &str, file: &Path, error: &io::Error) -> Self {
        Self::could_not_run(format!("cannot {verb} `{}`: {error}", file.display()), None)
    }
}

#[cfg(not(all(feature = "registry", feature = "query-sqlite", feature = "query-postgres")))]
impl Ending {
    /// A command that was built without a part of it. `features` turn it on.
    pub(crate) fn without(what: &str, features: &[&str]) -> Self {
        let features: Vec<_> = features.iter().map(|feature| format!("`{feature}`")).collect();
        Self::could_not_run(
            format!("this command was built without {what}"),
            format!("enable the feature {} of event-cli", features.join(" or ")),
        )
    }
}

impl From<Finding> for Ending {
    /// A finding that ends the run.
    fn from(finding: Finding) -> Self {
        Self::CouldNotRun(Box::new(finding))
    }
}

/// Standard output and standard error, and the format of findings.
pub(crate) struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    env: &'a Env,
    catalog: &'static Catalog,
    format: ReportFormat,
    progress: Progress,
}

impl<'a> Console<'a> {
    pub(crate) fn new(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        env: &'a Env,
        catalog: &'static Catalog,
    ) -> Self {
        let in_workflow = env.variable("GITHUB_ACTIONS") == Some("true");
        let format = if in_workflow { ReportFormat::Github } else { ReportFormat::Human };
        Self { out, err, env, catalog, format, progress: Progress::default() }
    }

    /// Sets the format of findings, if the command line gives one.
    pub(crate) fn choose(&mut self, format: Option<ReportFormat>) {
        self.format = format.unwrap_or(self.format);
    }

    /// Writes to standard output.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Ending> {
        self.progress.clear(self.err);
        written(self.out.write_all(text.as_bytes()))
    }

    pub(crate) fn flush(&mut self) -> Result<(), Ending> {
        written(self.out.flush())
    }

    /// Writes a line about the run to standard error.
    pub(crate) fn note(&mut self, text: &str) {
        self.progress.clear(self.err);
        // If standard error is closed, the failure cannot be reported.
        let _ = writeln!(self.err, "{text}");
    }

    /// Writes a report. A document goes to standard output; otherwise the report's text goes to
    /// standard output and its findings to standard error.
    ///
    /// # Errors
    ///
    /// [`Ending::Findings`] if a finding is an error, or the error of standard output.
    pub(crate) fn report(&mut self, report: &Report) -> Result<(), Ending> {
        let printed = if self.format.is_document() {
            self.print(&finding::document(report, self.format, self.catalog))
        } else {
            let printed = self.print(report.to_read());
            self.tell(report.findings());
            printed
        };
        match printed {
            // If the reader closed the pipe early, errors still count.
            Ok(()) | Err(Ending::OutputClosed) if report.has_errors() => Err(Ending::Findings),
            printed => printed,
        }
    }

    /// Shows progress, if standard error is a terminal.
    pub(crate) fn progress(&mut self, text: impl FnOnce() -> String) {
        if self.env.terminal {
            self.progress.show(self.err, text);
        }
    }

    /// Writes findings to standard error.
    fn tell(&mut self, findings: &[Finding]) {
        self.progress.clear(self.err);
        let colours = self.env.terminal && self.env.wants_colours();
        let human = Human { directory: &self.env.directory, colours };
        let lines = finding::lines(findings, self.format, &human);
        let _ = self.err.write_all(lines.as_bytes());
    }

    /// Reports how the run ended, and returns the exit code.
    pub(crate) fn end(&mut self, ended: Result<(), Ending>) -> u8 {
        match ended {
            Ok(()) | Err(Ending::OutputClosed) => OK,
            Err(Ending::Findings) => FINDINGS,
            Err(Ending::Usage(words)) => {
                self.note(words.trim_end());
                USAGE
            }
            Err(Ending::CouldNotRun(failure)) => {
                self.tell(&[*failure]);
                COULD_NOT_RUN
            }
        }
    }
}

fn written(result: io::Result<()>) -> Result<(), Ending> {
    result.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ending::OutputClosed,
        _ => Ending::could_not_run(format!("cannot write to standard output: {error}"), None),
    })
}
