//! Secrets without a name before them: credentials after the name of a scheme, signed tokens, and
//! the user of a URL.

use std::borrow::Cow;

/// Schemes of authentication (RFC 9110 §11.1) whose names are not words of prose: the text after
/// such a name is a credential.
const SCHEMES: &[&str] = &[
    "apikey",
    "aws4-hmac-sha256",
    "bearer",
    "dpop",
    "gnap",
    "hawk",
    "hoba",
    "negotiate",
    "ntlm",
    "scram-sha-256",
];

/// Schemes whose names are also words of prose.
const SCHEMES_IN_PROSE: &[&str] = &["basic", "digest", "mutual", "token"];

/// Whether the text contains a credential: `Bearer abc`, `Basic dXNlcjpwYXNz`, or a signed token
/// (`eyJ..`) anywhere.
pub(super) fn holds_credential(text: &str) -> bool {
    let words = || text.split_whitespace();
    let is_pair = words().count() == 2;
    let is_credential = |(scheme, credential): (&str, &str)| {
        let scheme = scheme.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let scheme = scheme.rsplit(['=', ':', ',', '"', '\'']).next().unwrap_or_default();
        let is_one_of =
            |schemes: &[&str]| schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme));
        is_one_of(SCHEMES) || is_one_of(SCHEMES_IN_PROSE) && (is_pair || !is_prose(credential))
    };
    words().zip(words().skip(1)).any(is_credential) || holds_signed_token(text)
}

/// Whether the word after `basic` or `token` is prose, as in "a token ring".
fn is_prose(word: &str) -> bool {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
    let rest = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(word);
    word.len() < 16 && rest.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'\''))
}

/// Whether the text contains a JSON Web Token (RFC 7519): three parts in base64url, the first an
/// object.
fn holds_signed_token(text: &str) -> bool {
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    text.match_indices("eyJ").any(|(at, _)| {
        let follows = text[..at].bytes().next_back().is_some_and(|before| is_base64(&before));
        let mut parts = text[at..].splitn(3, '.');
        let mut whole = || {
            parts
                .next()
                .is_some_and(|part| !part.is_empty() && part.as_bytes().iter().all(is_base64))
        };
        !follows && whole() && whole() && parts.next().is_some()
    })
}

/// Replaces the user and password before the host of each URL by `mark` (RFC 3986 §3.2.1). This
/// also finds passwords that should have been encoded: if an authority is invalid
/// (`user:a/b@host`), or has a user, everything up to the last `@` of the URL is replaced.
pub(super) fn without_user<'a>(text: &'a str, mark: &str) -> Cow<'a, str> {
    if !text.contains("//") || !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')) {
        let mut rest = word;
        while let Some((begin, user)) = next_user(rest) {
            clean.push_str(&rest[..begin]);
            clean.push_str(mark);
            rest = &rest[user..];
        }
        clean.push_str(rest);
    }
    Cow::Owned(clean)
}

/// The start of the next user of a URL in a text without white space, and the position of its `@`.
fn next_user(text: &str) -> Option<(usize, usize)> {
    let last = text.rfind('@')?;
    text[..last].match_indices("//").find_map(|(at, slashes)| {
        let before = &text[..at];
        let scheme = before.strip_suffix(':').map(|scheme| &scheme[letters_from(scheme)..]);
        let is_url = scheme.is_some()
            || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.'));
        let begin = at + slashes.len();
        is_url
            .then(|| user(&text[begin..], scheme.unwrap_or_default()))
            .flatten()
            .map(|end| (begin, begin + end))
    })
}

/// The start of the letters at the end of a text.
fn letters_from(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')).len()
}

/// The position of the `@` after the user, if the text after `//` has a user.
fn user(url: &str, scheme: &str) -> Option<usize> {
    let authority = &url[..url.find(['/', '?', '#', '&', '\\']).unwrap_or(url.len())];
    if !authority.contains('@') && is_host(authority, scheme) {
        return None;
    }
    let parameter = &url[..url.find('&').unwrap_or(url.len())];
    parameter.rfind('@').or_else(|| url.rfind('@'))
}

/// Whether the text is a host with or without a port. `user:12/..@host` could be one. On the web it
/// is treated as a host; elsewhere `@` is rare in paths, and digits before `/` may begin a
/// password.
fn is_host(authority: &str, scheme: &str) -> bool {
    let name = authority
        .strip_prefix('[')
        .and_then(|ipv6| ipv6.split_once(']'))
        .map_or(authority, |(_, rest)| rest);
    let is_web =
        ["", "http", "https", "ws", "wss"].iter().any(|web| web.eq_ignore_ascii_case(scheme));
    match name.split_once(':') {
        None => true,
        Some((_, port)) => is_web && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::{holds_credential, without_user};

    #[test]
    fn credentials_are_told_from_prose() {
        for text in [
            "Bearer abc",
            "bearer  abc",
            "was: BEARER abc",
            "Basic abc",
            "see Basic dXNlcjpwYXNz",
            "Digest username=\"ada\", response=\"abc\"",
            "Token abc",
            "x=Bearer abc",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
            "jwt:eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        ] {
            assert!(holds_credential(text), "{text}");
        }
        for text in [
            "a token ring",
            "the Basic plan of ours",
            "bearer",
            "eyJ",
            "eyJh.b",
            "xeyJh.b.c",
            "",
            "digest",
        ] {
            assert!(!holds_credential(text), "{text}");
        }
    }

    #[test]
    fn users_of_urls_are_replaced() {
        for (text, is) in [
            ("amqp://user:pw@host/q", "amqp://*@host/q"),
            ("amqp://user:a/pw@host/q", "amqp://*@host/q"),
            ("amqp://user:1/pw@host/q", "amqp://*@host/q"),
            ("https://user:a?pw@host/q", "https://*@host/q"),
            ("https://user:a&pw@host/q", "https://*@host/q"),
            ("https://pw@host", "https://*@host"),
            ("//user:pw@host", "//*@host"),
            ("a=//user:pw@host", "a=//*@host"),
            ("https://user:p@w@host, ws://x:y@z", "https://*@host, ws://*@z"),
            ("u=https://user:pw@host&b=c@d", "u=https://*@host&b=c@d"),
            ("jdbc:postgresql://user:pw@host/q", "jdbc:postgresql://*@host/q"),
        ] {
            assert_eq!(without_user(text, "*"), is);
            assert_eq!(without_user(is, "*"), is);
        }
        for text in [
            "http://h/@x",
            "http://h:8080/@x",
            "https://h:8080/users/a@b.c",
            "https://h?mail=a@b",
            "http://[::1]:80/@x",
            "a//b@c",
            "ada@example.com",
            "// @x",
        ] {
            assert_eq!(without_user(text, "*"), text);
        }
    }
}
