//! How the name of an event is read: domain, action, status.
//!
//! The domain is declared, so a name is read by finding where the action ends and the status
//! begins. Every split with a declared action and a declared status is a [`Reading`]; a name must
//! have exactly one.

/// The maximum length of a name, in bytes. A `PostgreSQL` identifier and a DNS label may both have
/// 63 bytes, and a truncated name is a wrong name.
pub const MAX_LEN: usize = 63;

/// The words of a Rust type's identifier, in lower case: `PasswordReset` is `password`, `reset`;
/// `HTTPRequest` is `http`, `request`.
///
/// ```
/// use event_grammar::name::words;
///
/// assert_eq!(words("PaymentProcessFailed"), ["payment", "process", "failed"]);
/// assert_eq!(words("Oauth2TokenIssued"), ["oauth2", "token", "issued"]);
/// ```
pub fn words(ident: &str) -> Vec<String> {
    let chars: Vec<char> = ident.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        if c == '_' {
            continue;
        }
        let previous = at.checked_sub(1).map(|before| chars[before]);
        let starts = match previous {
            None | Some('_') => true,
            Some(p) if c.is_uppercase() => {
                !p.is_uppercase() || chars.get(at + 1).is_some_and(|next| next.is_lowercase())
            }
            Some(_) => false,
        };
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// The identifier of a Rust type as it is written in a name: `PasswordReset` is `password_reset`.
pub fn snake(ident: &str) -> String {
    words(ident).join("_")
}

/// A part of a name as the identifier of a Rust type: `password_reset` is `PasswordReset`.
pub fn camel(part: &str) -> String {
    let mut camel = String::with_capacity(part.len());
    for word in part.split('_') {
        let mut chars = word.chars();
        camel.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(chars.as_str());
    }
    camel
}

/// Whether `text` is a valid part of a name: words of lower-case ASCII letters and digits, joined
/// by single `_`; the first word begins with a letter.
pub fn is_part(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('_').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The declared words with which a name is read.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary<'a> {
    /// The domain, in `snake_case`.
    pub domain: &'a str,
    /// The domain's actions, in `snake_case`. `None` allows any action (it is checked elsewhere).
    pub actions: Option<Vec<&'a str>>,
    /// Every status that may end a name, in `snake_case`.
    pub statuses: Vec<&'a str>,
    /// Whether a name may have no action.
    pub optional_action: bool,
    /// Whether a name may have no status.
    pub optional_status: bool,
}

/// One way to read a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The action, in `snake_case`.
    pub action: Option<String>,
    /// The status, in `snake_case`.
    pub status: Option<String>,
}

/// Why a name cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The name does not begin with the domain.
    NotInDomain,
    /// The name is the domain alone. That is valid only if both the action and the status are
    /// optional.
    TooShort,
    /// The name has an action but no status, and the domain requires a status.
    NoStatus {
        /// The action that was read.
        action: String,
    },
    /// The name has a status but no action, and the domain requires an action.
    NoAction {
        /// The status that was read.
        status: String,
    },
    /// The status is known, but the text before it is not an action of the domain.
    UnknownAction {
        /// The text in the action's place.
        action: String,
    },
    /// The action is known (or any action is allowed), but the text after it is not a status.
    UnknownStatus {
        /// The text in the status' place.
        status: String,
    },
    /// Neither the action nor the status is known.
    UnknownBoth {
        /// The text after the domain.
        rest: String,
    },
    /// The name has more than one reading.
    Ambiguous(Vec<Reading>),
}

/// Reads the identifier `ident` of an event's type.
///
/// # Errors
///
/// [`Unreadable`] says which part is wrong.
///
/// ```
/// use event_grammar::name::{read, Reading, Unreadable, Vocabulary};
///
/// let vocabulary = Vocabulary {
///     domain: "payment",
///     actions: Some(vec!["process", "refund"]),
///     statuses: vec!["failed", "started"],
///     ..Vocabulary::default()
/// };
/// let reading = Reading { action: Some("process".into()), status: Some("failed".into()) };
/// assert_eq!(read("PaymentProcessFailed", &vocabulary), Ok(reading));
/// assert_eq!(read("PaymentProcesFailed", &vocabulary), Err(Unreadable::UnknownAction { action: "proces".into() }));
/// ```
pub fn read(ident: &str, vocabulary: &Vocabulary<'_>) -> Result<Reading, Unreadable> {
    let all = words(ident);
    let domain: Vec<&str> = vocabulary.domain.split('_').collect();
    if all.len() < domain.len() || all.iter().zip(&domain).any(|(word, part)| word != part) {
        return Err(Unreadable::NotInDomain);
    }
    let rest = &all[domain.len()..];
    if rest.is_empty() && !(vocabulary.optional_action && vocabulary.optional_status) {
        return Err(Unreadable::TooShort);
    }
    let mut readings = readings(rest, vocabulary);
    match readings.len() {
        1 => Ok(readings.remove(0)),
        0 => Err(explain(rest, vocabulary)),
        // With any action allowed, the action cannot tell readings apart: the longest status wins.
        _ if vocabulary.actions.is_none() => Ok(readings.remove(0)),
        _ => Err(Unreadable::Ambiguous(readings)),
    }
}

/// Every reading of the words after the domain, the longest status first.
fn readings(rest: &[String], vocabulary: &Vocabulary<'_>) -> Vec<Reading> {
    let mut found = Vec::new();
    for split in 0..=rest.len() {
        let (action, status) = (rest[..split].join("_"), rest[split..].join("_"));
        let status_fits = if status.is_empty() {
            vocabulary.optional_status
        } else {
            vocabulary.is_status(&status)
        };
        // Statuses are few and actions may be thousands, so actions are searched last.
        let action_fits = || {
            if action.is_empty() {
                vocabulary.optional_action
            } else {
                vocabulary.is_action(&action)
            }
        };
        if status_fits && action_fits() {
            found.push(Reading {
                action: Some(action).filter(|a| !a.is_empty()),
                status: Some(status).filter(|s| !s.is_empty()),
            });
        }
    }
    found
}

/// Why no split of the words after the domain is a reading: the reason that is closest to a
/// reading.
fn explain(rest: &[String], vocabulary: &Vocabulary<'_>) -> Unreadable {
    let whole = rest.join("_");
    if vocabulary.is_status(&whole) {
        return Unreadable::NoAction { status: whole };
    }
    if vocabulary.actions.is_some() && vocabulary.is_action(&whole) {
        return Unreadable::NoStatus { action: whole };
    }
    // The longest known status, then the longest known action.
    for split in 1..rest.len() {
        if vocabulary.is_status(&rest[split..].join("_")) {
            return Unreadable::UnknownAction { action: rest[..split].join("_") };
        }
    }
    for split in (1..rest.len()).rev() {
        if vocabulary.actions.is_some() && vocabulary.is_action(&rest[..split].join("_")) {
            return Unreadable::UnknownStatus { status: rest[split..].join("_") };
        }
    }
    match rest {
        [only] if vocabulary.optional_action => Unreadable::UnknownStatus { status: only.clone() },
        [only] => Unreadable::NoStatus { action: only.clone() },
        _ => Unreadable::UnknownBoth { rest: whole },
    }
}

impl Vocabulary<'_> {
    fn is_action(&self, word: &str) -> bool {
        self.actions.as_ref().is_none_or(|actions| actions.contains(&word))
    }

    fn is_status(&self, word: &str) -> bool {
        self.statuses.contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary<'static> {
        Vocabulary {
            domain: "auth",
            actions: Some(vec!["login", "password", "password_reset", "item", "item_not"]),
            statuses: vec!["started", "failed", "found", "not_found", "requested"],
            optional_action: false,
            optional_status: false,
        }
    }

    fn reading(action: &str, status: &str) -> Reading {
        Reading { action: Some(action.into()), status: Some(status.into()) }
    }

    #[test]
    fn several_words_stay_together() {
        assert_eq!(
            read("AuthPasswordResetRequested", &vocabulary()),
            Ok(reading("password_reset", "requested"))
        );
        assert_eq!(read("AuthLoginNotFound", &vocabulary()), Ok(reading("login", "not_found")));
    }

    #[test]
    fn two_readings_are_ambiguous() {
        let both = vec![reading("item", "not_found"), reading("item_not", "found")];
        assert_eq!(read("AuthItemNotFound", &vocabulary()), Err(Unreadable::Ambiguous(both)));
    }

    #[test]
    fn the_wrong_part_is_named() {
        let cases = [
            ("PaymentLoginFailed", Unreadable::NotInDomain),
            ("Auth", Unreadable::TooShort),
            ("AuthLogin", Unreadable::NoStatus { action: "login".into() }),
            ("AuthFailed", Unreadable::NoAction { status: "failed".into() }),
            ("AuthLoginFaild", Unreadable::UnknownStatus { status: "faild".into() }),
            ("AuthLogniFailed", Unreadable::UnknownAction { action: "logni".into() }),
            ("AuthFooBar", Unreadable::UnknownBoth { rest: "foo_bar".into() }),
        ];
        for (ident, why) in cases {
            assert_eq!(read(ident, &vocabulary()), Err(why), "{ident}");
        }
    }

    #[test]
    fn identifiers_and_parts() {
        assert_eq!(snake("HTTPRequest"), "http_request");
        assert_eq!(snake("EventsV2Batch"), "events_v2_batch");
        assert_eq!(camel("password_reset"), "PasswordReset");
        assert!(is_part("oauth2_login"));
        for wrong in ["", "_a", "a__b", "a_", "2a", "A", "a-b", "é"] {
            assert!(!is_part(wrong), "{wrong}");
        }
    }
}
