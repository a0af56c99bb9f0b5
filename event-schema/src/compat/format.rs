//! `format`, as an assertion: which texts are surely in it and surely not, and the ranges of the formats of numbers.

use super::decimal::Decimal;
use super::tri::Tri;

/// A format of texts, with texts of it and texts that are none. What stands between is not told apart.
pub(super) struct Format {
    pub(super) name: &'static str,
    pub(super) inside: &'static [&'static str],
    pub(super) outside: &'static [&'static str],
}

/// The formats of the specifications. Any other name is a remark: validators ignore it.
const FORMATS: &[Format] = &[
    of("date-time", &["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678901Z"]),
    of("date", &["2026-01-02"]),
    of("time", &["03:04:05Z"]),
    of("duration", &["P1D"]),
    of("email", &["a@example.com"]),
    of("idn-email", &["a@example.com"]),
    of("hostname", &["example.com"]),
    of("idn-hostname", &["example.com"]),
    of("ipv4", &["192.0.2.1"]),
    of("ipv6", &["2001:db8::1"]),
    of("uri", &["https://example.com/a"]),
    of("iri", &["https://example.com/a"]),
    Format { name: "uri-reference", inside: &["/a", "a", ""], outside: &["\\\\WINDOWS\\file", "a b"] },
    Format { name: "iri-reference", inside: &["/a", "a", ""], outside: &["\\\\WINDOWS\\file"] },
    Format { name: "uri-template", inside: &["/{a}", "a", ""], outside: &["/{a"] },
    of("uuid", &["2eb8aa08-aa98-11ea-b4aa-73b441d16380"]),
    Format { name: "json-pointer", inside: &["/a", ""], outside: &["a", "~"] },
    of("relative-json-pointer", &["0/a", "0"]),
    Format { name: "regex", inside: &["a", ""], outside: &["("] },
];

const fn of(name: &'static str, inside: &'static [&'static str]) -> Format {
    Format { name, inside, outside: &["", "a", "-", "not a value"] }
}

impl Format {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    pub(super) fn has(&self, text: &str) -> Tri {
        // A single label is a host, and an internationalised one may be anything: only what no host can be is known.
        let may_be_a_label = self.name.ends_with("hostname") && (text == "a" || text == "-");
        if self.inside.contains(&text) {
            Tri::True
        } else if self.outside.contains(&text) && !may_be_a_label {
            Tri::False
        } else {
            self.by_rule(text)
        }
    }

    fn by_rule(&self, text: &str) -> Tri {
        match self.name {
            "date" => Tri::from(is_date(text)),
            "uuid" => Tri::from(is_uuid(text)),
            "ipv4" => Tri::from(text.parse::<std::net::Ipv4Addr>().is_ok()),
            "ipv6" => Tri::from(text.parse::<std::net::Ipv6Addr>().is_ok()),
            // Without a `T` and a date it is surely none.
            "date-time" if !text.get(..10).is_some_and(is_date) => Tri::False,
            "email" | "idn-email" if !text.contains('@') => Tri::False,
            "uri" | "iri" if !text.contains(':') => Tri::False,
            _ => Tri::Unknown,
        }
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return false;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_uuid(text: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| if dash(at) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// The range of a format of whole numbers, as generators of schemas write it (`uint32`) and `OpenAPI` does (`int32`).
pub(super) fn integer_range(name: &str) -> Option<(Decimal, Decimal)> {
    let (min, max): (i128, i128) = match name {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    };
    Some((Decimal::from_integer(min), Decimal::from_integer(max)))
}
