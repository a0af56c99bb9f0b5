//! Values that stand behind a name: parameters of a query and headers, of which some names say that the value is nobody's business.

use event_grammar::fields::suspicious_word;
use event_grammar::name::words;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// What stands for a header's value. In the writing of wevt, so that what its filters look for is found.
const REDACTED: &str = "[REDACTED]";
/// The same in a query, where brackets are encoded.
const REDACTED_PARAMETER: &str = "%5BREDACTED%5D";

/// What ends a pair: `&` and `;` in a query, `?` and `#` where one begins.
const SEPARATORS: [char; 4] = ['&', ';', '?', '#'];

/// How often a value is looked into: a query that is a value of a query, encoded or not. What is nested deeper is redacted unseen.
const MOST_NESTED: usize = 4;

/// Names whose values are redacted, beside those that look sensitive as a field's name would.
const NAMES: &[&str] = &["code", "forwarded", "key", "session", "session_id", "sid", "x_forwarded_for"];

/// Words that make any name sensitive, beside those that make a field's.
const WORDS: &[&str] = &["auth", "jwt", "otp", "sig", "signature"];

/// Which parameters and headers are redacted: always those of the standard list, and what a team adds to it.
///
/// The standard list has every name that looks sensitive as a field of an event would (`password`, `access_token`, `x-api-key`, `set-cookie`, `email`, ..),
/// and those that do so only here: `code`, `key`, `auth`, `session`, `sid`, `signature`, `x-forwarded-for` and their like. Names are compared without
/// regard to case, `-` or `_`, encoding, and nesting: `accessToken`, `user[password]` and `%74oken` are on it.
///
/// ```
/// use event_core::trace::Redaction;
///
/// const OURS: Redaction = Redaction::standard_and(&["voucher"]);
/// assert_eq!(OURS.query("a=1&voucher=WELCOME&token=t"), "a=1&voucher=%5BREDACTED%5D&token=%5BREDACTED%5D");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redaction {
    more: &'static [&'static str],
}

impl Redaction {
    /// The standard list.
    pub const STANDARD: Self = Self { more: &[] };

    /// The standard list and these names, of parameters and of headers, in snake case: `tenant_key`. Nothing can be taken off the list.
    pub const fn standard_and(names: &'static [&'static str]) -> Self {
        Self { more: names }
    }

    /// The query with the values of sensitive parameters replaced, and everything else as it was. It takes whole targets and URLs too: a user and password
    /// before the host are replaced, and a query within a value is looked into.
    pub fn query(self, query: &str) -> String {
        let query = without_user(query);
        let mut redacted = String::with_capacity(query.len());
        for piece in query.split_inclusive(SEPARATORS) {
            let pair = piece.trim_end_matches(SEPARATORS);
            match pair.split_once('=') {
                Some((name, value)) if self.is_sensitive(name) || self.hides_a_pair(value, MOST_NESTED) => {
                    redacted.extend([name, "=", REDACTED_PARAMETER, &piece[pair.len()..]]);
                }
                _ => redacted.push_str(piece),
            }
        }
        redacted
    }

    /// The header's value, or `[REDACTED]` for a sensitive name. In other values sensitive parameters are replaced, as in the query of a `Referer`.
    pub fn header(self, name: &str, value: &str) -> String {
        if self.is_sensitive(name) { REDACTED.to_owned() } else { self.query(value) }
    }

    fn is_sensitive(self, name: &str) -> bool {
        let name = decoded_wholly(name).replace('-', "_");
        let parts = name.split(|c: char| !c.is_alphanumeric() && c != '_');
        parts.filter(|part| !part.is_empty()).any(|part| {
            let words = words(part.trim_end_matches(|c: char| c.is_ascii_digit()));
            let name = words.join("_");
            NAMES.contains(&name.as_str())
                || self.more.contains(&name.as_str())
                || suspicious_word(&name).is_some()
                || words.iter().any(|word| WORDS.contains(&word.as_str()))
        })
    }

    /// Whether a pair with a sensitive name stands within a value.
    fn hides_a_pair(self, value: &str, most_nested: usize) -> bool {
        if !value.contains(['=', '%']) {
            return false;
        }
        let Some(most_nested) = most_nested.checked_sub(1) else { return true };
        let pairs = value.split(SEPARATORS).filter_map(|piece| piece.split_once('='));
        let here =
            pairs.into_iter().any(|(name, value)| self.is_sensitive(name) || self.hides_a_pair(value, most_nested));
        let decoded = decoded(value);
        here || decoded != value && (without_user(&decoded) != decoded || self.hides_a_pair(&decoded, most_nested))
    }
}

/// The query with the values of sensitive parameters replaced: [`Redaction::query`] of the standard list.
///
/// ```
/// use event_core::trace::redact_query;
///
/// assert_eq!(redact_query("a=1&token=abc&Token=q&x="), "a=1&token=%5BREDACTED%5D&Token=%5BREDACTED%5D&x=");
/// ```
pub fn redact_query(query: &str) -> String {
    Redaction::STANDARD.query(query)
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// A name as the last of several decoders would see it.
fn decoded_wholly(name: &str) -> String {
    let mut name = name.to_owned();
    for _ in 0..MOST_NESTED {
        name = decoded(&name).into_owned();
    }
    name
}

/// The text with user and password before the host of each URL replaced (RFC 3986 §3.2.1).
fn without_user(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("://");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let authority = part.find(['/', '?', '#']).unwrap_or(part.len());
        let host = part[..authority].rfind('@');
        clean.push_str("://");
        clean.push_str(host.map_or("", |_| REDACTED));
        clean.push_str(&part[host.unwrap_or_default()..]);
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::{Redaction, redact_query};
    use proptest::prelude::*;

    #[test]
    fn e5_vector() {
        assert_eq!(redact_query("a=1&token=abc&Token=q&x="), "a=1&token=%5BREDACTED%5D&Token=%5BREDACTED%5D&x=");
    }

    #[test]
    fn e5_every_name_of_both_systems_is_redacted() {
        let parameters = "code token access_token refresh_token api_key apikey secret password key auth credentials";
        for name in parameters.split(' ') {
            for name in [name.to_owned(), name.to_uppercase(), name.replace('_', "-")] {
                assert_eq!(redact_query(&format!("{name}=abc")), format!("{name}=%5BREDACTED%5D"));
            }
        }
        let headers = "Authorization X-Api-Key x-auth-token COOKIE set-cookie x-csrf-token x-session-token \
                       proxy-authorization x-forwarded-for x-real-ip forwarded cf-connecting-ip";
        for name in headers.split(' ') {
            assert_eq!(Redaction::STANDARD.header(name, "abc"), "[REDACTED]", "{name}");
        }
        assert_eq!(Redaction::STANDARD.header("accept", "text/html;q=0.9"), "text/html;q=0.9");
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let secret = "s3cret";
        for query in [
            "%74oken=s3cret",
            "%2574oken=s3cret",
            "accessToken=s3cret",
            "user[password]=s3cret",
            "user.password=s3cret",
            "password2=s3cret",
            "a=1;token=s3cret",
            "next=/x?token=s3cret",
            "next=%2Fx%3Ftoken%3Ds3cret",
            "next=%252Fx%253Ftoken%253Ds3cret",
            "next=%25252525252Fx%25252525253Ftoken%25252525253Ds3cret",
            "a=token=s3cret",
            "/reset#access_token=s3cret",
            "/reset;token=s3cret/x",
            "/reset/token=s3cret",
            "amqp://user:s3cret@host/queue",
            "https://s3cret@host?x=y://p:s3cret@h",
            "next=https%3A%2F%2Fuser%3As3cret%40host",
            "X-Amz-Signature=s3cret",
            "token=s3cret=s3cret",
        ] {
            assert!(!redact_query(query).contains(secret), "{query}: {}", redact_query(query));
        }
        for query in ["a=1&b=%20c+d", "tokens=12", "author=ada", "x=Zm9v==", "q=50%", "/a/b?c=d#e", "http://h/@x", ""] {
            assert_eq!(redact_query(query), query);
        }
    }

    proptest! {
        #[test]
        fn redacting_is_total_and_once_is_enough(
            text in any::<String>(),
            near in "[a=&;?%25/:@\\[\\]]*(token|=|%3D)?[a=&%23dD;]*",
        ) {
            for text in [text, near] {
                let once = redact_query(&text);
                prop_assert_eq!(redact_query(&once), once);
            }
        }

        #[test]
        fn no_sensitive_value_is_left(
            names in prop::collection::vec(prop::sample::select(vec!["token", "a", "Password", "q", "api-key"]), 0..6),
            separator in prop::sample::select(vec!["&", ";", "?", "#"]),
        ) {
            let query = |hidden: &str| {
                let value = |name: &str| if name.len() > 1 { hidden.to_owned() } else { "shown".to_owned() };
                names.iter().map(|name| format!("{name}={}", value(name))).collect::<Vec<_>>().join(separator)
            };
            prop_assert_eq!(redact_query(&query("s3cret")), query("%5BREDACTED%5D"));
        }
    }
}
