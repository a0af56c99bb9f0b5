//! How a sensitive field is written, and how much each mask shows.

/// How a sensitive field is written: the word of `#[sensitive(..)]`.
///
/// Two words have an argument. The macros hold the argument as the tokens of the declaration, a
/// descriptor holds it as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sensitivity<Name = &'static str, Reason = &'static str> {
    /// Left out.
    Drop,
    /// As `[redacted]`.
    Redact,
    /// As the first letter and the domain: `a***@example.com`.
    Email,
    /// As the last four characters: `****4242`.
    Last4,
    /// As the first six and the last four digits of a card number: `424242******4242`.
    Card,
    /// As a keyed pseudonym: `h:<key id>:<32 hexadecimal digits>`.
    Hash,
    /// As the network without the host: `203.0.113.0/24`.
    Ip,
    /// As a mask that the catalog declares.
    Custom {
        /// The type of the mask: `Iban`.
        name: Name,
    },
    /// Unmasked, by an explicit decision.
    Clear {
        /// The reason for the decision.
        reason: Reason,
    },
}

impl<Name, Reason> Sensitivity<Name, Reason> {
    /// The masks without an argument.
    pub const BUILT_IN: [Self; 7] =
        [Self::Drop, Self::Redact, Self::Email, Self::Last4, Self::Card, Self::Hash, Self::Ip];

    /// The word in declarations, in schemas and in the lock.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Redact => "redact",
            Self::Email => "email",
            Self::Last4 => "last4",
            Self::Card => "card",
            Self::Hash => "hash",
            Self::Ip => "ip",
            Self::Custom { .. } => "custom",
            Self::Clear { .. } => "clear",
        }
    }

    /// The mask without an argument that `word` names; `None` for any other word.
    ///
    /// ```
    /// use event_grammar::Sensitivity;
    ///
    /// assert_eq!(<Sensitivity>::built_in("last4"), Some(Sensitivity::Last4));
    /// assert_eq!(<Sensitivity>::built_in("clear"), None);
    /// ```
    pub fn built_in(word: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().find(|mask| mask.as_str() == word)
    }

    /// Whether the value is left out or written under a mask.
    pub const fn is_masked(&self) -> bool {
        !matches!(self, Self::Clear { .. })
    }
}

/// How much a mask hides, by its word in a lock: a higher number hides more. The empty word is no
/// mask. A field that is decided to be clear shows as much as a field without a decision. An
/// unknown word is from a later version and counts as a mask that shows a part.
pub const fn protection(word: &[u8]) -> u8 {
    match word {
        b"drop" => 4,
        b"redact" => 3,
        b"hash" => 2,
        [] | b"clear" => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Sensitivity, protection};

    #[test]
    fn what_is_masked_is_protected() {
        let custom = Sensitivity::Custom { name: "Iban" };
        let clear = Sensitivity::Clear { reason: "support needs it" };
        for mask in <Sensitivity>::BUILT_IN.into_iter().chain([custom, clear]) {
            assert_eq!(protection(mask.as_str().as_bytes()) > 0, mask.is_masked(), "{mask:?}");
        }
        let (hidden, shown) = (Sensitivity::Redact, Sensitivity::Last4);
        let of = |mask: Sensitivity| protection(mask.as_str().as_bytes());
        assert!(of(Sensitivity::Drop) > of(hidden) && of(hidden) > of(Sensitivity::Hash));
        assert!(of(Sensitivity::Hash) > of(shown) && of(shown) > protection(b""));
    }
}
