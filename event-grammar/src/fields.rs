//! Field names that need care: reserved ones, and ones that look like sensitive data.

/// Keys that the line of any event may have: no event, group or context has a field of that name. As an alias such a key is read from an envelope's payload, and
/// never from a line, where it is the record's.
pub const RESERVED: &[&str] = &[
    "actor",
    "causation_id",
    "environment",
    "event",
    "event_id",
    "level",
    "parent_span_id",
    "sequence",
    "service",
    "service_host",
    "service_pid",
    "service_version",
    "span_id",
    "timestamp",
    "trace_id",
    "version",
];

/// Names that only a context group may carry: the envelope has a place for them.
pub const RESERVED_FOR_CONTEXT: &[&str] = &["correlation_id"];

/// Keys that the record of a unit of work may have besides: only a wide event has no field of that name.
pub const RESERVED_FOR_UNITS: &[&str] = &["incomplete", "sample_rate", "sample_reason"];

/// Whether a line has the key `key` for the record itself, whatever its event is.
pub fn is_of_the_record(key: &str) -> bool {
    RESERVED.contains(&key) || RESERVED_FOR_CONTEXT.contains(&key)
}

/// Words that, as one of a field name's words, make it look like sensitive data.
const SUSPICIOUS: &[&str] = &[
    "apikey",
    "authorization",
    "bearer",
    "birthdate",
    "birthday",
    "card",
    "cookie",
    "credential",
    "credentials",
    "cvc",
    "cvv",
    "dob",
    "email",
    "iban",
    "ip",
    "mail",
    "pan",
    "passphrase",
    "passport",
    "passwd",
    "password",
    "phone",
    "pin",
    "pwd",
    "secret",
    "ssn",
    "token",
];

/// Names that look like sensitive data only as these words side by side.
const SUSPICIOUS_PAIRS: &[(&str, &str)] = &[
    ("api", "key"),
    ("private", "key"),
    ("access", "key"),
    ("session", "key"),
    ("query", "params"),
    ("query", "string"),
];

/// The part of the field name `name` that looks like sensitive data, if any does.
///
/// ```
/// use event_grammar::fields::suspicious_word;
///
/// assert_eq!(suspicious_word("user_email"), Some("email"));
/// assert_eq!(suspicious_word("api_key"), Some("api_key"));
/// assert_eq!(suspicious_word("tokens_used"), None);
/// ```
pub fn suspicious_word(name: &str) -> Option<&str> {
    let mut start = 0;
    let mut previous: Option<(usize, &str)> = None;
    for word in name.split('_') {
        if SUSPICIOUS.contains(&word) {
            return Some(word);
        }
        if let Some((at, before)) = previous
            && SUSPICIOUS_PAIRS.contains(&(before, word))
        {
            return Some(&name[at..start + word.len()]);
        }
        previous = Some((start, word));
        start += word.len() + 1;
    }
    None
}

/// The mask that suits a field whose name holds `word`, for a suggestion.
pub fn mask_for(word: &str) -> &'static str {
    match word {
        "email" | "mail" => "email",
        "card" | "pan" | "iban" | "phone" => "last4",
        "ip" => "ip",
        _ => "redact",
    }
}

#[cfg(test)]
mod tests {
    use super::{RESERVED, SUSPICIOUS, mask_for, suspicious_word};

    #[test]
    fn the_tables_are_sorted() {
        assert!(RESERVED.is_sorted());
        assert!(SUSPICIOUS.is_sorted());
    }

    #[test]
    fn words_are_matched_whole() {
        assert_eq!(suspicious_word("ship_address"), None);
        assert_eq!(suspicious_word("ip_address"), Some("ip"));
        assert_eq!(suspicious_word("discard"), None);
        assert_eq!(suspicious_word("the_private_key_id"), Some("private_key"));
        assert_eq!(mask_for("ip"), "ip");
    }
}
