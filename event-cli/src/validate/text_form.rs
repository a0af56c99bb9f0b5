//! Texts of a declared form.

use super::args::Side;
use event_core::Timestamp;
use event_core::mask;
use event_core::meta::Sensitivity;
use event_core::shape::TextFormat;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is wrong with the text of a field, if anything is. A writer masks the text of a sensitive
/// field; a reader takes it masked or not.
pub(super) fn refusal(
    format: TextFormat,
    mask: Option<Sensitivity>,
    side: Side,
    text: &str,
) -> Option<Cow<'static, str>> {
    match mask.and_then(|mask| Some((mask, mask::output(mask)?))) {
        Some((_, form)) if form.has(text) => None,
        Some((mask, form)) if side == Side::Write => Some(
            format!(
                "the text is not masked: `{}` writes text such as `{}`",
                mask.as_str(),
                form.sample
            )
            .into(),
        ),
        _ => unlike(format, text).map(|expected| format!("the text is not {expected}").into()),
    }
}

/// What was expected, where the text is not of the format.
fn unlike(format: TextFormat, text: &str) -> Option<&'static str> {
    let (fits, expected) = match format {
        TextFormat::Char => (text.chars().count() == 1, "one character"),
        TextFormat::DateTime => (Timestamp::parse(text).is_some(), "a time in RFC 3339"),
        TextFormat::Date => (is_date(text), "a date in RFC 3339"),
        TextFormat::Uuid => (is_uuid(text), "a hyphenated UUID"),
        TextFormat::Uri => (has_scheme(text), "a URL"),
        TextFormat::Ipv4 => (text.parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
        TextFormat::Ipv6 => (text.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        TextFormat::Ip => (text.parse::<IpAddr>().is_ok(), "an IP address"),
        TextFormat::Decimal => (is_decimal(text), "a decimal number"),
        _ => (true, "text"),
    };
    (!fits).then_some(expected)
}

/// A day that there is: the one of a time at its first second.
fn is_date(text: &str) -> bool {
    text.len() == "2026-11-21".len() && Timestamp::parse(&format!("{text}T00:00:00Z")).is_some()
}

pub(super) fn is_uuid(text: &str) -> bool {
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<_> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.into_iter().all(is_hex)
}

/// The part of the URL standard that needs no parser: a scheme, a colon, something.
fn has_scheme(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty())
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    text.split_once('.').map_or_else(|| digits(text), |(whole, rest)| digits(whole) && digits(rest))
}

/// A W3C id: so many lower-case hexadecimal digits, one of which is not 0.
pub(super) fn is_trace_id(text: &str, digits: usize) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(is_hex) && text.bytes().any(|byte| byte != b'0')
}

#[cfg(test)]
mod tests {
    use super::{is_trace_id, refusal, unlike};
    use crate::validate::args::Side;
    use event_core::meta::Sensitivity;
    use event_core::shape::TextFormat;

    #[test]
    fn forms() {
        let cases = [
            (TextFormat::Char, "é", "ab"),
            (TextFormat::DateTime, "2026-11-21T06:00:00.5+01:00", "2026-11-21"),
            (TextFormat::Date, "2024-02-29", "2026-02-29"),
            (
                TextFormat::Uuid,
                "019cebab-8995-7cb0-9b1f-4c6f0a7e52d8",
                "019cebab89957cb09b1f4c6f0a7e52d8",
            ),
            (TextFormat::Uri, "https://a.example/b", "a.example/b"),
            (TextFormat::Ipv4, "203.0.113.7", "203.0.113.256"),
            (TextFormat::Ipv6, "::1", "203.0.113.7"),
            (TextFormat::Ip, "203.0.113.7", "localhost"),
            (TextFormat::Decimal, "-12.50", "12."),
        ];
        for (format, good, bad) in cases {
            assert_eq!(unlike(format, good), None, "{good}");
            assert!(unlike(format, bad).is_some(), "{bad}");
        }
        assert_eq!(unlike(TextFormat::Plain, ""), None);
        assert!(is_trace_id("00f067aa0ba902b7", 16) && !is_trace_id("00F067aa0ba902b7", 16));
        assert!(!is_trace_id("0000000000000000", 16));
    }

    #[test]
    fn a_writer_masks_and_a_reader_takes_both() {
        let said =
            |mask, side, text| refusal(TextFormat::Ipv4, Some(mask), side, text).map(String::from);
        let raw = "the text is not masked: `ip` writes text such as `203.0.113.0/24`".to_owned();
        assert_eq!(said(Sensitivity::Ip, Side::Write, "203.0.113.0"), Some(raw));
        assert_eq!(said(Sensitivity::Ip, Side::Read, "203.0.113.7"), None);
        assert_eq!(
            said(Sensitivity::Ip, Side::Read, "host"),
            Some("the text is not an IPv4 address".into())
        );
        for side in [Side::Write, Side::Read] {
            assert_eq!(said(Sensitivity::Ip, side, "203.0.113.0/24"), None);
            assert_eq!(said(Sensitivity::Clear { reason: "" }, side, "203.0.113.7"), None);
        }
    }
}
