/// The unit of an elapsed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// `ns`
    Nanoseconds,
    /// `us`
    Microseconds,
    /// `ms`
    Milliseconds,
    /// `s`
    Seconds,
}

impl TimeUnit {
    /// Every unit, the smallest first.
    pub const ALL: [Self; 4] =
        [Self::Nanoseconds, Self::Microseconds, Self::Milliseconds, Self::Seconds];

    /// The word in declarations and schemas.
    pub const fn as_str(self) -> &'static str {
        self.words()[0]
    }

    /// The unit that `word` names in `unit = ".."` or at the end of a field's name; `None` for any
    /// other word.
    ///
    /// ```
    /// use event_grammar::TimeUnit;
    ///
    /// assert_eq!(TimeUnit::from_word("ms"), Some(TimeUnit::Milliseconds));
    /// assert_eq!(TimeUnit::from_word("millis"), Some(TimeUnit::Milliseconds));
    /// assert_eq!(TimeUnit::from_word("bytes"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.words().contains(&word))
    }

    /// The number of nanoseconds in one unit.
    pub const fn nanoseconds(self) -> u32 {
        match self {
            Self::Nanoseconds => 1,
            Self::Microseconds => 1_000,
            Self::Milliseconds => 1_000_000,
            Self::Seconds => 1_000_000_000,
        }
    }

    const fn words(self) -> [&'static str; 3] {
        match self {
            Self::Nanoseconds => ["ns", "nanos", "nanoseconds"],
            Self::Microseconds => ["us", "micros", "microseconds"],
            Self::Milliseconds => ["ms", "millis", "milliseconds"],
            Self::Seconds => ["s", "secs", "seconds"],
        }
    }
}
