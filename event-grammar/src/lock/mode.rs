/// Which readers must be able to read which writers, over the revisions of a version or over any
/// series of schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// No check: every change is compatible.
    None,
    /// New readers must read what the revision before wrote.
    Backward,
    /// New readers must read what every earlier revision wrote.
    BackwardTransitive,
    /// Readers of the revision before must read what is written now.
    Forward,
    /// Readers of every earlier revision must read what is written now.
    ForwardTransitive,
    /// `Backward` and `Forward`.
    Full,
    /// `BackwardTransitive` and `ForwardTransitive`.
    #[default]
    FullTransitive,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Backward,
        Self::BackwardTransitive,
        Self::Forward,
        Self::ForwardTransitive,
        Self::Full,
        Self::FullTransitive,
    ];

    /// The word in the file and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Backward => "backward",
            Self::BackwardTransitive => "backward-transitive",
            Self::Forward => "forward",
            Self::ForwardTransitive => "forward-transitive",
            Self::Full => "full",
            Self::FullTransitive => "full-transitive",
        }
    }

    /// What the mode requires, for the help of a command.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::None => "Every change is compatible",
            Self::Backward => "New readers read the records of the version before",
            Self::BackwardTransitive => "New readers read the records of every version before",
            Self::Forward => "Readers of the version before read new records",
            Self::ForwardTransitive => "Readers of every version before read new records",
            Self::Full => "Backward and forward, for the version before",
            Self::FullTransitive => "Backward and forward, for every version before",
        }
    }

    /// The mode that `word` names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }

    /// Whether new readers must read what was written.
    pub const fn is_backward(self) -> bool {
        matches!(
            self,
            Self::Backward | Self::BackwardTransitive | Self::Full | Self::FullTransitive
        )
    }

    /// Whether old readers must read what is written.
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Forward | Self::ForwardTransitive | Self::Full | Self::FullTransitive)
    }

    /// The readers that count, as event-core compares: 1 for new readers, 2 for old readers.
    pub const fn readers(self) -> u8 {
        self.is_backward() as u8 | (self.is_forward() as u8) << 1
    }

    /// Whether the mode protects fewer readers than `other`.
    pub const fn is_looser_than(self, other: Self) -> bool {
        !self.is_backward() && other.is_backward()
            || !self.is_forward() && other.is_forward()
            || !self.is_transitive() && other.is_transitive()
    }

    /// The mode for the last revision only.
    #[must_use]
    pub const fn of_last(self) -> Self {
        match self {
            Self::BackwardTransitive => Self::Backward,
            Self::ForwardTransitive => Self::Forward,
            Self::FullTransitive => Self::Full,
            other => other,
        }
    }

    /// Whether every revision is compared, not only the last.
    pub const fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }
}
