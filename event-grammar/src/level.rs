use core::fmt;

/// The severity of an event.
///
/// The order is by severity: `Level::Trace < Level::Critical`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// The finest detail; off in production.
    Trace = 1,
    /// Detail for finding the cause of a problem.
    Debug = 2,
    /// Normal operation.
    Info = 3,
    /// A possible problem: an expected failure, a limit that is near.
    Warning = 4,
    /// Something failed.
    Error = 5,
    /// A failure that affects other parts of the system.
    Critical = 6,
}

impl Level {
    /// All levels, least severe first.
    pub const ALL: [Self; 6] =
        [Self::Trace, Self::Debug, Self::Info, Self::Warning, Self::Error, Self::Critical];

    /// The word in declarations and in records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }

    /// The level of a word; `None` if the word is not a level.
    ///
    /// ```
    /// use event_grammar::Level;
    ///
    /// assert_eq!(Level::from_word("warning"), Some(Level::Warning));
    /// assert_eq!(Level::from_word("warn"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
