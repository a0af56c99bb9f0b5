/// How settled an event is, in OpenTelemetry's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Anything may change.
    Development,
    /// Tried by few.
    Alpha,
    /// Tried by many.
    Beta,
    /// About to be stable.
    ReleaseCandidate,
    /// Changes only compatibly.
    Stable,
}

impl Stability {
    /// Every one, the least settled first.
    pub const ALL: [Self; 5] =
        [Self::Development, Self::Alpha, Self::Beta, Self::ReleaseCandidate, Self::Stable];

    /// The word written in declarations and in schemas.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::ReleaseCandidate => "release_candidate",
            Self::Stable => "stable",
        }
    }

    /// The stability that `word` names, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stability| stability.as_str() == word)
    }
}
