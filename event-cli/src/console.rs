//! Where output goes, and how a run ends.

use std::io::{ErrorKind, Write};

/// Exit codes. Findings are told from failures as in `cargo-semver-checks`.
const OK: u8 = 0;
const FINDINGS: u8 = 100;
const COULD_NOT_RUN: u8 = 101;
const USAGE: u8 = 2;

/// Why a run ends before its end.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Something was found; it has been said.
    Findings,
    /// The command line is wrong, in clap's words.
    Usage(String),
    /// It cannot be done.
    CouldNotRun(Problem),
    /// Nobody reads standard output any more.
    OutputClosed,
}

/// Something to tell somebody who can mend it.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The code that `explain` explains.
    pub(crate) code: Option<&'static str>,
    /// What is.
    pub(crate) what: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Ending {
    pub(crate) fn could_not_run(what: String, help: impl Into<Option<String>>) -> Self {
        Self::CouldNotRun(Problem { code: None, what, help: help.into() })
    }
}

/// Standard output and standard error.
pub(crate) struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl<'a> Console<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { out, err }
    }

    /// Writes what was asked for.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Ending> {
        written(self.out.write_all(text.as_bytes()))
    }

    pub(crate) fn flush(&mut self) -> Result<(), Ending> {
        written(self.out.flush())
    }

    /// Says something about the run.
    pub(crate) fn note(&mut self, text: &str) {
        // Where standard error is closed, there is nobody to tell that it is.
        let _ = writeln!(self.err, "{text}");
    }

    /// Says what is wrong and what to do.
    pub(crate) fn problem(&mut self, problem: &Problem) {
        let code = problem.code.map(|code| format!("[{code}]")).unwrap_or_default();
        self.note(&format!("error{code}: {}", problem.what));
        if let Some(help) = &problem.help {
            self.note(&format!("help: {help}"));
        }
    }

    /// Says what is left to say and gives the exit code.
    pub(crate) fn end(&mut self, ended: Result<(), Ending>) -> u8 {
        match ended {
            Ok(()) | Err(Ending::OutputClosed) => OK,
            Err(Ending::Findings) => FINDINGS,
            Err(Ending::Usage(words)) => {
                self.note(words.trim_end());
                USAGE
            }
            Err(Ending::CouldNotRun(problem)) => {
                self.problem(&problem);
                COULD_NOT_RUN
            }
        }
    }
}

fn written(result: std::io::Result<()>) -> Result<(), Ending> {
    result.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ending::OutputClosed,
        _ => Ending::could_not_run(format!("cannot write to standard output: {error}"), None),
    })
}
