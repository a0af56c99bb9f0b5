//! Texts with a declared format.

use super::args::Side;
use event_core::Timestamp;
use event_core::mask;
use event_core::meta::Sensitivity;
use event_core::meta::shape::TextFormat;
use schema_compat::format;
use std::borrow::Cow;

/// What is wrong with the text of a field; `None` if nothing is. A writer masks the text of a
/// sensitive field; a reader accepts it masked or not.
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

/// The expected format, if the text does not have it.
fn unlike(format: TextFormat, text: &str) -> Option<&'static str> {
    let (fits, expected) = match format {
        TextFormat::Char => (text.chars().count() == 1, "one character"),
        // The types of times read what a `Timestamp` reads, which has fewer years than RFC 3339.
        TextFormat::DateTime => (Timestamp::parse(text).is_some(), "a time in RFC 3339"),
        TextFormat::Date => (may_be("date", text), "a date in RFC 3339"),
        TextFormat::Uuid => (is_uuid(text), "a hyphenated UUID"),
        TextFormat::Uri => (may_be("uri", text), "a URL"),
        TextFormat::Ipv4 => (may_be("ipv4", text), "an IPv4 address"),
        TextFormat::Ipv6 => (may_be("ipv6", text), "an IPv6 address"),
        TextFormat::Ip => (may_be("ipv4", text) || may_be("ipv6", text), "an IP address"),
        TextFormat::Decimal => (is_decimal(text), "a decimal number"),
        _ => (true, "text"),
    };
    (!fits).then_some(expected)
}

/// Whether the text has a format of JSON Schema. An unknown result counts as yes.
fn may_be(name: &str, text: &str) -> bool {
    format::named(name).and_then(|format| format.has(text)) != Some(false)
}

pub(super) fn is_uuid(text: &str) -> bool {
    may_be("uuid", text)
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    text.split_once('.').map_or_else(|| digits(text), |(whole, rest)| digits(whole) && digits(rest))
}

#[cfg(test)]
mod tests {
    use super::{may_be, refusal, unlike};
    use crate::validate::args::Side;
    use event_core::Timestamp;
    use event_core::meta::Sensitivity;
    use event_core::meta::shape::TextFormat;

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
    }

    #[test]
    fn what_is_read_as_a_time_may_be_one_in_a_schema() {
        let texts = [
            "2026-11-21T06:00:00Z",
            "2026-11-21t06:00:00.123456789z",
            "2026-11-21 06:00:00Z",
            "2026-11-21T06:00:00-23:59",
            "2016-12-31T23:59:60Z",
            "2024-02-29T00:00:00+01:00",
        ];
        for text in texts {
            assert!(Timestamp::parse(text).is_some() && may_be("date-time", text), "{text}");
        }
        let no_times = [
            "2026-11-21",
            "2026-11-21T06:00:00",
            "2026-11-21T06:00Z",
            "2026-11-21T06:00:00.Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T06:60:00Z",
            "2026-11-21T06:00:61Z",
            "2026-11-21T06:00:00+24:00",
            "2026-02-29T06:00:00Z",
            "26-11-21T06:00:00Z",
            "2026-11-21_06:00:00Z",
        ];
        for text in no_times {
            assert!(Timestamp::parse(text).is_none() && !may_be("date-time", text), "{text}");
        }
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
