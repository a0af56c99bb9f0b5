//! What is wrong with a configuration: all of it, in one list.

use std::fmt;

/// Why a configuration is refused: one line for each thing that is wrong, with the place of it, and
/// what to do. No value of the file or of a variable is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// `relay.toml:3:1`, the name of a variable, or the file.
    pub(super) place: String,
    /// By this they are listed: the file as a whole, its bytes, the variables.
    pub(super) order: usize,
    /// In lower case, without a full stop.
    pub(super) message: String,
    /// What to write.
    pub(super) help: Option<String>,
}

impl ConfigError {
    /// Lists problems in the order of their places.
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.order);
        Self { problems }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}: {}", problem.place, problem.message)?;
            if let Some(help) = &problem.help {
                write!(f, "\n  help: {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
