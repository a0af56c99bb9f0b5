use core::fmt;

/// What a status says about the action of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusClass {
    /// The action began; an `Ok` or `Fault` status is expected to follow.
    Begin,
    /// The action ended as intended.
    Ok,
    /// The action ended, but not as intended.
    Fault,
    /// Neither a beginning nor, by itself, an end.
    Neutral,
}

impl StatusClass {
    /// All classes.
    pub const ALL: [Self; 4] = [Self::Begin, Self::Ok, Self::Fault, Self::Neutral];

    /// The word in declarations and in schemas.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Ok => "ok",
            Self::Fault => "fault",
            Self::Neutral => "neutral",
        }
    }

    /// The class that `word` names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }
}

impl fmt::Display for StatusClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that may end a name, and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The word, in `snake_case`.
    pub word: &'static str,
    /// The class of the status.
    pub class: StatusClass,
}

const fn status(word: &'static str, class: StatusClass) -> Status {
    Status { word, class }
}

use StatusClass::{Begin, Fault, Neutral, Ok};

/// The standard vocabulary, sorted by word. A catalog adds its own statuses with `#[statuses]`.
pub const STATUSES: &[Status] = &[
    status("accepted", Ok),
    status("accessed", Neutral),
    status("added", Ok),
    status("approved", Ok),
    status("assigned", Neutral),
    status("blocked", Fault),
    status("cancelled", Fault),
    status("changed", Ok),
    status("closed", Ok),
    status("committed", Ok),
    status("completed", Ok),
    status("confirmed", Ok),
    status("created", Ok),
    status("declined", Fault),
    status("delayed", Neutral),
    status("deleted", Ok),
    status("delivered", Ok),
    status("denied", Fault),
    status("detected", Neutral),
    status("disabled", Ok),
    status("downloaded", Ok),
    status("dropped", Fault),
    status("enabled", Ok),
    status("enqueued", Neutral),
    status("exceeded", Fault),
    status("expired", Neutral),
    status("failed", Fault),
    status("finished", Ok),
    status("fulfilled", Ok),
    status("hit", Neutral),
    status("initiated", Begin),
    status("invalid", Fault),
    status("issued", Ok),
    status("locked", Neutral),
    status("lost", Fault),
    status("miss", Neutral),
    status("not_found", Fault),
    status("opened", Neutral),
    status("paused", Neutral),
    status("processed", Ok),
    status("published", Ok),
    status("received", Neutral),
    status("rejected", Fault),
    status("removed", Ok),
    status("renewed", Ok),
    status("requested", Neutral),
    status("resumed", Neutral),
    status("retrying", Neutral),
    status("revoked", Fault),
    status("rollback", Fault),
    status("scheduled", Neutral),
    status("sent", Ok),
    status("skipped", Neutral),
    status("slow", Neutral),
    status("started", Begin),
    status("stopped", Ok),
    status("submitted", Neutral),
    status("succeeded", Ok),
    status("success", Ok),
    status("suspended", Neutral),
    status("timed_out", Fault),
    status("unlocked", Neutral),
    status("updated", Ok),
    status("uploaded", Ok),
    status("verified", Ok),
];

impl Status {
    /// The standard status of this word; `None` if there is none.
    ///
    /// ```
    /// use event_grammar::{Status, StatusClass};
    ///
    /// assert_eq!(Status::standard("failed").map(|status| status.class), Some(StatusClass::Fault));
    /// assert!(Status::standard("faild").is_none());
    /// ```
    pub fn standard(word: &str) -> Option<Self> {
        STATUSES.binary_search_by(|status| status.word.cmp(word)).ok().map(|at| STATUSES[at])
    }
}

#[cfg(test)]
mod tests {
    use super::STATUSES;

    #[test]
    fn the_vocabulary_is_sorted_and_without_duplicates() {
        for pair in STATUSES.windows(2) {
            assert!(pair[0].word < pair[1].word, "`{}` before `{}`", pair[0].word, pair[1].word);
        }
    }
}
