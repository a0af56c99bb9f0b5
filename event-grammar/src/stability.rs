/// The stability of an event, in OpenTelemetry's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Anything may change.
    Development,
    /// Few users try it.
    Alpha,
    /// Many users try it.
    Beta,
    /// Ready to become stable.
    ReleaseCandidate,
    /// Only compatible changes.
    Stable,
}

impl Stability {
    /// Every stability, the least stable first.
    pub const ALL: [Self; 5] =
        [Self::Development, Self::Alpha, Self::Beta, Self::ReleaseCandidate, Self::Stable];

    /// The word in declarations and in schemas.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::ReleaseCandidate => "release_candidate",
            Self::Stable => "stable",
        }
    }

    /// The stability that `word` names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stability| stability.as_str() == word)
    }
}
