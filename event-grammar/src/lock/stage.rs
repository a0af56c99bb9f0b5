/// Where a version is in its life. A draft is in no lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is a contract.
    Locked,
    /// It still is one, and nobody should build on it.
    Deprecated,
    /// It is gone. Its name and version stay taken.
    Retired,
}

impl Stage {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Locked, Self::Deprecated, Self::Retired];

    /// As in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Deprecated => "deprecated",
            Self::Retired => "retired",
        }
    }

    /// The stage that `word` names, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}
