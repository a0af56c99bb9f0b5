//! Output, questions, and the exit code of a run.

use crate::database::DatabaseError;
use crate::operation::OperationError;
use std::io::{self, BufRead, ErrorKind, Write};

const OK: u8 = 0;
const FINDINGS: u8 = 100;
const COULD_NOT_RUN: u8 = 101;
const USAGE: u8 = 2;

/// Why a run ends early.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Something needs a person, and was reported.
    Findings,
    /// The command line is wrong; the text is the whole message.
    Usage(String),
    /// The run failed. The text says what is wrong, and then has `help:` lines.
    CouldNotRun(String),
    /// The database cannot be used.
    Database(DatabaseError),
    /// Standard output is closed.
    OutputClosed,
}

impl From<OperationError> for Ending {
    fn from(error: OperationError) -> Self {
        match error {
            OperationError::Database(error) => Self::Database(error),
            error => Self::CouldNotRun(error.to_string()),
        }
    }
}

/// Standard output, standard error, and the person who answers.
pub(super) struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    input: &'a mut dyn BufRead,
    is_terminal: bool,
}

impl<'a> Console<'a> {
    pub(super) fn new(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        input: &'a mut dyn BufRead,
        is_terminal: bool,
    ) -> Self {
        Self { out, err, input, is_terminal }
    }

    /// Writes to standard output.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Ending> {
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        written.map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Ending::OutputClosed,
            _ => Ending::CouldNotRun(format!("cannot write to standard output: {error}")),
        })
    }

    /// Writes a line to standard output.
    pub(super) fn say(&mut self, line: &str) -> Result<(), Ending> {
        self.print(&format!("{line}\n"))
    }

    /// Asks a person whether to do `what`. Without a terminal there is no person to ask.
    pub(super) fn confirm(&mut self, what: &str) -> Result<(), Ending> {
        if !self.is_terminal {
            return Err(Ending::Usage(format!(
                "error: {what}: this needs a confirmation, and there is no terminal\nhelp: add \
                 `--yes` to confirm, or `--dry-run` to see what would happen"
            )));
        }
        let asked = write!(self.err, "{what}\ncontinue? [y/N] ").and_then(|()| self.err.flush());
        let mut answer = String::new();
        // No answer is no confirmation.
        let read = asked.and_then(|()| self.input.read_line(&mut answer));
        match (read, answer.trim()) {
            (Ok(_), "y" | "Y" | "yes") => Ok(()),
            _ => Err(Ending::CouldNotRun("not confirmed; nothing was changed".to_owned())),
        }
    }

    /// Reports how the run ended, and returns the exit code.
    pub(super) fn end(&mut self, ended: Result<(), Ending>) -> u8 {
        let (text, code) = match ended {
            Ok(()) | Err(Ending::OutputClosed) => return OK,
            Err(Ending::Findings) => return FINDINGS,
            Err(Ending::Usage(text)) => (text.trim_end().to_owned(), USAGE),
            Err(Ending::Database(error)) => (format!("error: {error}"), COULD_NOT_RUN),
            Err(Ending::CouldNotRun(text)) => (format!("error: {text}"), COULD_NOT_RUN),
        };
        // If standard error is closed, the failure cannot be reported.
        let _: io::Result<()> = writeln!(self.err, "{text}");
        code
    }
}

#[cfg(test)]
mod tests {
    use super::{Console, Ending};

    fn confirmed(answer: &str, is_terminal: bool) -> (Result<(), Ending>, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = answer.as_bytes();
        let answered =
            Console::new(&mut out, &mut err, &mut input, is_terminal).confirm("sends 3 events");
        (answered, String::from_utf8(err).unwrap())
    }

    #[test]
    fn only_a_yes_confirms() {
        for yes in ["y\n", "Y\n", " yes \n"] {
            let question = "sends 3 events\ncontinue? [y/N] ".to_owned();
            assert_eq!(confirmed(yes, true), (Ok(()), question));
        }
        for no in ["n\n", "\n", "", "yy\n", "no\ny\n"] {
            assert!(matches!(confirmed(no, true).0, Err(Ending::CouldNotRun(_))), "{no:?}");
        }
    }

    #[test]
    fn without_a_terminal_an_answer_does_not_count() {
        let (answered, asked) = confirmed("y\n", false);
        assert!(matches!(answered, Err(Ending::Usage(_))));
        assert_eq!(asked, "");
    }
}
