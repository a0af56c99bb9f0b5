/// The stage of a locked version. A draft is not in the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The version is a contract.
    Locked,
    /// The version is still a contract, but new code should not use it.
    Deprecated,
    /// The version is gone. Its name and version number stay reserved.
    Retired,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 3] = [Self::Locked, Self::Deprecated, Self::Retired];

    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Deprecated => "deprecated",
            Self::Retired => "retired",
        }
    }

    /// The stage that `word` names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}
