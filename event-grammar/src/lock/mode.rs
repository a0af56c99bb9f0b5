/// Who has to be able to read what, over the revisions of a version or over any schemas that follow
/// each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nobody: every change is compatible.
    None,
    /// New readers, what the one before wrote.
    Backward,
    /// New readers, what each one before wrote.
    BackwardTransitive,
    /// Readers of the one before, what is written now.
    Forward,
    /// Readers of each one before, what is written now.
    ForwardTransitive,
    /// Both, for the one before.
    Full,
    /// Both, for each one before.
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

    /// As in the file and on the command line.
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

    /// What it asks, for the help of a command.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::None => "Nobody is asked",
            Self::Backward => "New readers read what was written under the version before",
            Self::BackwardTransitive => "The same, under every version before",
            Self::Forward => "Readers of the version before read what is written now",
            Self::ForwardTransitive => "The same, of every version before",
            Self::Full => "Both, for the version before",
            Self::FullTransitive => "Both, for every version before",
        }
    }

    /// The mode that `word` names, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }

    /// Whether new readers have to read what was written.
    pub const fn is_backward(self) -> bool {
        matches!(
            self,
            Self::Backward | Self::BackwardTransitive | Self::Full | Self::FullTransitive
        )
    }

    /// Whether old readers have to read what is written.
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Forward | Self::ForwardTransitive | Self::Full | Self::FullTransitive)
    }

    /// Whose reading counts, as event-core compares: 1 for new readers, 2 for old ones.
    pub const fn readers(self) -> u8 {
        self.is_backward() as u8 | (self.is_forward() as u8) << 1
    }

    /// Whether it protects somebody less than another does.
    pub const fn is_looser_than(self, other: Self) -> bool {
        !self.is_backward() && other.is_backward()
            || !self.is_forward() && other.is_forward()
            || !self.is_transitive() && other.is_transitive()
    }

    /// The same, of the last revision only.
    #[must_use]
    pub const fn of_last(self) -> Self {
        match self {
            Self::BackwardTransitive => Self::Backward,
            Self::ForwardTransitive => Self::Forward,
            Self::FullTransitive => Self::Full,
            other => other,
        }
    }

    /// Whether every revision is asked, not only the last.
    pub const fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }
}
