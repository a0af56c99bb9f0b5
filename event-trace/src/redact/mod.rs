//! Redaction of queries and headers: values with sensitive names, and secrets without a name.

mod assigned;
mod credential;
mod decoded;
mod pieces;

use assigned::{is_label, labelled, names};
use credential::{holds_credential, without_user};
use decoded::decoded;
use event_grammar::fields::suspicious_parameter;
use pieces::{QUOTES, pieces};

/// Replaces a header's value. The spelling is wevt's, so that its filters find it.
const REDACTED: &str = "[REDACTED]";
/// The same mark in a query, where brackets are encoded.
const REDACTED_PARAMETER: &str = "%5BREDACTED%5D";

/// How many levels of encoding of names and values are decoded. Text with more levels is redacted
/// unseen.
const MOST_ENCODED: usize = 8;

/// How often a text is redacted until it no longer changes. A text that still changes is redacted
/// as a whole.
const MOST_PASSES: usize = 4;

/// Which parameters and headers are redacted: always those of the standard list, and the names that
/// a team adds.
///
/// The standard list has every name that looks sensitive as a field of an event (`password`,
/// `access_token`, `x-api-key`, `set-cookie`, `email`, ..), and names that look sensitive only in
/// queries and headers: `code`, `key`, `signature` and similar.
///
/// - **Spelling**: case, `-`, `_`, plurals, digits at the end and missing separators make no
///   difference: `accessToken`, `ACCESS-TOKENS` and `accesstoken2` are one name. A name of several
///   parts is sensitive if one of them is: `user[password]`, `user.password`.
/// - **Encoding**: percent-encoding, the `+` of forms and the escapes of JSON are decoded, in any
///   mixture, up to eight times. Text with more levels of encoding is redacted.
/// - **Nesting**: a query, a URL, a fragment, JSON, a form or header lines inside a value are
///   searched, at any depth. A value with a sensitive name in it is replaced as a whole.
/// - **Without a name**: the user and password of a URL, credentials after a scheme (`Bearer ..`,
///   `Basic ..`) and JSON Web Tokens are replaced everywhere.
///
/// A value ends at `&`, and at `;`, `?` or `#` if another pair begins there. A value in quotes ends
/// only at its closing quote. Base64 is not decoded.
///
/// ```
/// use event_trace::Redaction;
///
/// const OURS: Redaction = Redaction::standard_and(&["voucher"]);
/// assert_eq!(OURS.query("a=1&voucher=WELCOME&token=t"), "a=1&voucher=%5BREDACTED%5D&token=%5BREDACTED%5D");
/// assert_eq!(OURS.query("filter={\"token\":\"t\"}&b=2"), "filter=%5BREDACTED%5D&b=2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redaction {
    more: &'static [&'static str],
}

/// Which part of a piece between two separators is replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Nothing,
    Value,
    Whole,
}

/// How much of the next piece belongs to the piece before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// No part.
    No,
    /// The whole piece, if it is not a pair and does not come after `&`.
    Value,
    /// The whole piece, if it is not a pair or comes after `;`, as in a cookie line.
    Text,
    /// The value of the name in the previous piece.
    Labelled,
}

impl Redaction {
    /// The standard list of names.
    pub const STANDARD: Self = Self { more: &[] };

    /// The standard list and these additional names, for parameters and headers, in snake case:
    /// `tenant_key`. No name can be removed from the list.
    pub const fn standard_and(names: &'static [&'static str]) -> Self {
        Self { more: names }
    }

    /// Replaces the values of sensitive parameters in a query, and keeps everything else. Also
    /// takes whole request targets, URLs and texts. The result does not change if it is redacted
    /// again.
    pub fn query(self, query: &str) -> String {
        let mut query = query.to_owned();
        for _ in 0..MOST_PASSES {
            let redacted = self.pass(&query);
            if redacted == query {
                return redacted;
            }
            query = redacted;
        }
        REDACTED_PARAMETER.to_owned()
    }

    /// Returns the header's value, or `[REDACTED]` for a sensitive name. Other values are redacted
    /// like a query, such as the query of a `Referer`, or a token of any scheme.
    pub fn header(self, name: &str, value: &str) -> String {
        if self.sensitive(name).is_some() {
            return REDACTED.to_owned();
        }
        let redacted = self.query(value);
        if redacted == REDACTED_PARAMETER { REDACTED.to_owned() } else { redacted }
    }

    /// Replaces the recognizably sensitive parts of the text, in one pass.
    fn pass(self, text: &str) -> String {
        let text = without_user(text, REDACTED);
        let mut redacted = String::with_capacity(text.len());
        let mut open = Open::No;
        let mut separator = "";
        for (piece, end) in pieces(&text) {
            let verdict = match open.takes(piece, separator) {
                true if piece.contains('=') => Verdict::Value,
                true => Verdict::Whole,
                false => {
                    let verdict = self.judge(piece);
                    open = self.opens(piece, verdict);
                    verdict
                }
            };
            match (verdict, piece.split_once('=')) {
                (Verdict::Nothing, _) => redacted.push_str(piece),
                (Verdict::Value, Some((name, _))) => {
                    redacted.extend([name, "=", REDACTED_PARAMETER]);
                }
                _ => redacted.push_str(REDACTED_PARAMETER),
            }
            redacted.push_str(end);
            separator = end;
        }
        redacted
    }

    fn judge(self, piece: &str) -> Verdict {
        let Some((name, value)) = piece.split_once('=') else {
            return if self.hides(piece) { Verdict::Whole } else { Verdict::Nothing };
        };
        // Redacting only half of a quoted text would let the other half pair with later quotes.
        let is_plain = !name.contains(QUOTES) && !self.hides(name) && !holds_credential(piece);
        let verdict = match self.sensitive(name) {
            Some(Place::Last) => Verdict::Value,
            None if self.hides(value) || is_label(name) && self.goes_on(value) => Verdict::Value,
            None if is_plain || !self.hides(piece) => return Verdict::Nothing,
            Some(Place::Before) | None => Verdict::Whole,
        };
        if is_plain { verdict } else { Verdict::Whole }
    }

    /// Whether a label's value is a sensitive name followed by more text, as in a part of a form.
    fn goes_on(self, value: &str) -> bool {
        let name = labelled(value);
        let is_name = value.trim_matches(|c: char| c.is_whitespace() || QUOTES.contains(&c))
            == name.trim_end();
        !is_name && self.sensitive(name).is_some()
    }

    fn opens(self, piece: &str, verdict: Verdict) -> Open {
        let labels = |(name, value)| is_label(name) && self.sensitive(labelled(value)).is_some();
        match verdict {
            _ if piece.split_once('=').is_some_and(labels) => Open::Labelled,
            Verdict::Nothing => Open::No,
            Verdict::Value => Open::Value,
            Verdict::Whole => Open::Text,
        }
    }

    /// Whether the text contains something sensitive, under any of the encodings. Text with too
    /// many levels of encoding counts as sensitive.
    fn hides(self, text: &str) -> bool {
        let mut text = text.to_owned();
        for _ in 0..=MOST_ENCODED {
            let is_named = || names(&text).any(|name| self.sensitive(name).is_some());
            if without_user(&text, REDACTED) != text || holds_credential(&text) || is_named() {
                return true;
            }
            let next = decoded(&text);
            if next == text {
                return false;
            }
            text = next;
        }
        true
    }

    /// The place of the sensitive part in the name, after all levels of encoding are decoded.
    fn sensitive(self, name: &str) -> Option<Place> {
        let mut name = name.to_owned();
        for _ in 0..=MOST_ENCODED {
            let next = decoded(&name);
            if next == name {
                return self.sensitive_part(&name);
            }
            name = next;
        }
        Some(Place::Before)
    }

    fn sensitive_part(self, name: &str) -> Option<Place> {
        let mut parts = name
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | ' '))
            .filter(|part| !part.trim().is_empty());
        parts.by_ref().find(|part| self.is_sensitive(part))?;
        let is_index = |part: &str| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        Some(if parts.all(is_index) { Place::Last } else { Place::Before })
    }

    fn is_sensitive(self, part: &str) -> bool {
        suspicious_parameter(part).is_some()
            || self.more.iter().any(|name| folded(name) == folded(part))
    }
}

/// The common form of all spellings of a name: `tenantkey` for `TenantKeys2`.
fn folded(name: &str) -> String {
    let letters: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('s').to_owned()
}

/// The place of the sensitive part in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the end, except for an index: `user[password]`, `tokens[0]`.
    Last,
    /// Before another part, which may be the value: `token[abc]`.
    Before,
}

impl Open {
    fn takes(self, piece: &str, separator: &str) -> bool {
        let name = piece.split_once('=').map(|(name, _)| name.trim());
        match self {
            Self::No => false,
            Self::Value => name.is_none() && separator != "&",
            Self::Text => name.is_none() || separator == ";",
            Self::Labelled => {
                name.is_none_or(|name| VALUES.iter().any(|value| value.eq_ignore_ascii_case(name)))
            }
        }
    }
}

/// Names of the parameter that has the value for a label.
const VALUES: &[&str] = &["content", "data", "val", "value"];

/// Replaces the values of sensitive parameters in a query: [`Redaction::query`] with the standard
/// list.
///
/// ```
/// use event_trace::redact_query;
///
/// assert_eq!(redact_query("a=1&token=abc&Token=q&x="), "a=1&token=%5BREDACTED%5D&Token=%5BREDACTED%5D&x=");
/// ```
pub fn redact_query(query: &str) -> String {
    Redaction::STANDARD.query(query)
}

#[cfg(test)]
mod tests {
    use super::{Redaction, redact_query};
    use proptest::prelude::*;

    #[test]
    fn e5_vector() {
        assert_eq!(
            redact_query("a=1&token=abc&Token=q&x="),
            "a=1&token=%5BREDACTED%5D&Token=%5BREDACTED%5D&x="
        );
    }

    #[test]
    fn e5_every_name_of_both_systems_is_redacted() {
        let parameters = "code token access_token refresh_token api_key apikey secret password \
                          key auth credentials";
        for name in parameters.split(' ') {
            for name in [name.to_owned(), name.to_uppercase(), name.replace('_', "-")] {
                assert_eq!(redact_query(&format!("{name}=abc")), format!("{name}=%5BREDACTED%5D"));
            }
        }
        let headers = "Authorization X-Api-Key x-auth-token COOKIE set-cookie x-csrf-token \
                       x-session-token proxy-authorization x-forwarded-for x-real-ip forwarded \
                       cf-connecting-ip";
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
            "PHPSESSID=s3cret",
            "sessionid=s3cret",
            "accesstoken=s3cret",
            "x-csrftoken=s3cret",
            "passwords=s3cret",
            "tokens=s3cret",
            "pAsSwOrD=s3cret",
            "pass-word=s3cret",
            "connect.sid=s3cret",
            "token%3Ds3cret",
            "token%3Aab;s3cret",
            "%2525252574oken=s3cret",
            "amqp://user:a/s3cret@host",
            "filter={\"token\":\"s3cret\"}",
            "filter={\"token\":\"a&b;s3cret\"}",
            "filter={\"a\":\"x&y\",\"token\":\"s3cret\"}",
            "filter=%7B%22%5Cu0074oken%22%3A%22s3cret%22%7D",
            "filter={\"a\":\"{\\\"token\\\":\\\"s3cret\\\"}\"}",
            "{\"headers\":[{\"name\":\"Authorization\",\"value\":\"s3cret\"}]}",
            "field=token&value=s3cret",
            "token[s3cret]=1",
            "token%5Bs3cret%5D=1",
            "token=a;s3cret",
            "token=a#s3cret",
            "token=\"a&s3cret\"&b=1",
            "token : s3cret",
            "api+key=s3cret",
            "form-data; name=\"password\"\r\n\r\ns3cret&s3cret",
            "\"a=token:1\"&b=\"token=s3cret",
            "x=Basic+s3cret",
            "x='&token=s3cret'",
        ] {
            assert!(!redact_query(query).contains(secret), "{query}: {}", redact_query(query));
        }
    }

    proptest! {
        #[test]
        fn redacting_is_total_and_once_is_enough(
            text in any::<String>(),
            near in "[a=&;?%25/:@\\[\\]]*(token|=|%3D)?[a=&%23dD;]*",
            quoted in "([ab\"'\\\\&;=:#?@ ]|token|name|//|Bearer|%22){0,24}",
        ) {
            for text in [text, near, quoted] {
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
