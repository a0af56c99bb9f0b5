//! An emitter from variables of the environment.

mod settings;
mod table;

pub use table::{VARIABLES, Variable};

use super::builder::Builder;
use super::emitter::Emitter;
use event_grammar::{harmless, suggest};
use settings::Settings;
use std::ffi::OsString;
use std::fmt;
use table::Invalid;

/// How the names of the variables begin. No other program of the project reads such a variable, so
/// one that is not in the table is a mistake.
const PREFIX: &str = "EVENTS_EMIT_";

/// The variables of the environment that cannot be used, with the reason for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidVariables {
    mistakes: Vec<Mistake>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mistake {
    variable: String,
    /// The mistake, and the values that are allowed.
    reason: String,
}

impl Emitter {
    /// Builds an emitter from the variables of the environment that begin with `EVENTS_EMIT_`:
    /// short for `Emitter::builder().with_variables(std::env::vars_os())?.build()`.
    ///
    /// ```
    /// use event_core::Emitter;
    ///
    /// fn main() -> Result<(), Box<dyn std::error::Error>> {
    ///     let guard = Emitter::from_env()?.install()?;
    ///     // .. the program ..
    ///     guard.finish();
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Builder::with_variables`].
    pub fn from_env() -> Result<Self, InvalidVariables> {
        Ok(Self::builder().with_variables(std::env::vars_os())?.build())
    }
}

impl Builder {
    /// Reads the variables that begin with `EVENTS_EMIT_`, and ignores all others. What a variable
    /// says replaces what the builder says; a sink is added to the builder's sinks. If there is no
    /// sink then, records go to standard output as JSON lines. [`VARIABLES`] lists the variables.
    /// A variable with an empty value counts as not set.
    ///
    /// ```
    /// use event_core::Emitter;
    ///
    /// let variables = [("EVENTS_EMIT_LEVEL", "debug"), ("EVENTS_EMIT_SINK", "consle")];
    /// let variables = variables.map(|(name, value)| (name.into(), value.into()));
    /// let error = Emitter::builder().with_variables(variables).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 variables of the environment cannot be used\n\
    ///      EVENTS_EMIT_LEVEL: no such variable, did you mean `EVENTS_EMIT_LEVELS`?\n\
    ///      EVENTS_EMIT_SINK: expected `json`, `console` or `file`"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Returns all variables that are unknown or have an invalid value. Also returns the variable
    /// of a file that cannot be opened, and of a queue whose thread cannot be started. Nothing is
    /// opened or started unless all variables are valid. Values are not repeated, because they may
    /// be untrusted; only the path of a file that cannot be opened is.
    pub fn with_variables(
        self,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, InvalidVariables> {
        let mut settings = Settings::default();
        let mut mistakes = Vec::new();
        let mut unread = Vec::new();
        let mut add = |variable: &str, reason: String| {
            mistakes.push(Mistake { variable: harmless(variable, 128).into_owned(), reason });
        };
        for (name, value) in variables {
            let name = name.to_string_lossy();
            if !name.starts_with(PREFIX) {
                continue;
            }
            let Some(variable) = VARIABLES.iter().find(|variable| variable.name == name) else {
                let hint = suggest::hint(&name, VARIABLES.iter().map(|variable| variable.name));
                add(&name, format!("no such variable{hint}"));
                continue;
            };
            match value.to_str() {
                Some("") => {}
                Some(value) => {
                    if let Err(Invalid(reason)) = (variable.read)(&mut settings, value) {
                        unread.push(variable.name);
                        let expected = || format!("expected {}", variable.values);
                        add(variable.name, reason.unwrap_or_else(expected));
                    }
                }
                None => add(variable.name, "the value is not UTF-8".to_owned()),
            }
        }
        settings.check(&unread, &mut add);
        if mistakes.is_empty() {
            return settings.apply(self).map_err(|(variable, reason)| {
                let variable = variable.to_owned();
                InvalidVariables { mistakes: vec![Mistake { variable, reason }] }
            });
        }
        // The order of the environment is by chance.
        mistakes.sort_by(|a, b| a.variable.cmp(&b.variable));
        Err(InvalidVariables { mistakes })
    }
}

impl InvalidVariables {
    /// The variables, sorted by name, each with the reason.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.mistakes.iter().map(|mistake| (&*mistake.variable, &*mistake.reason))
    }
}

impl fmt::Display for InvalidVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mistakes.len() {
            1 => f.write_str("a variable of the environment cannot be used")?,
            count => write!(f, "{count} variables of the environment cannot be used")?,
        }
        self.variables().try_for_each(|(variable, reason)| write!(f, "\n{variable}: {reason}"))
    }
}

impl std::error::Error for InvalidVariables {}
