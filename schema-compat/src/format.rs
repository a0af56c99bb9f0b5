//! `format`, as an assertion: which texts are surely in it and surely not, and the ranges of the
//! formats of numbers.

use crate::decimal::Decimal;
use crate::tri::Tri;

/// A format of texts, with texts of it and texts that are none, and with patterns: what all of its
/// texts match, and what only its texts match.
pub(crate) struct Format {
    pub(crate) name: &'static str,
    pub(crate) inside: &'static [&'static str],
    pub(crate) outside: &'static [&'static str],
    /// Every text of it is found by this one.
    pub(crate) within: &'static str,
    /// Every text that is found by this one is of it, whoever checks it.
    pub(crate) surely: &'static str,
}

/// A day that every month has, in a year of four digits.
macro_rules! day {
    () => {
        "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    };
}
macro_rules! clock {
    () => {
        "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    };
}
const ANY_CLOCK: &str =
    "^[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?:[zZ]|[+-][0-9]{2}:?[0-9]{2})?$";
const UUID: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
const IPV4: &str = "^(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:[.](?:\
                    25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$";
const IPV6: [&str; 2] = ["^[0-9a-fA-F:.]{2,45}$", "^[1-9a-f]{1,4}(?::[1-9a-f]{1,4}){7}$"];
const EMAIL: [&str; 2] = ["@", "^[a-z]{1,16}@[a-z]{1,16}[.]com$"];
const HOST: &str = "^[a-z]{1,16}(?:[.][a-z]{2,16}){1,3}$";
const URI: [&str; 2] =
    ["^[A-Za-z][A-Za-z0-9+.-]*:", "^https?://[a-z]{1,16}[.][a-z]{2,16}(?:/[a-z0-9]*)?$"];
const PATH: &str = "^/[a-z0-9]{1,16}(?:/[a-z0-9]{1,16})*$";
const POINTER: &str = "^(?:/(?:[^~/]|~[01])*)*$";
/// The formats of the specifications. Any other name is a note: validators ignore it.
const FORMATS: &[Format] = &[
    of(
        "date-time",
        &["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678901Z"],
        [
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?:\
             [zZ]|[+-][0-9]{2}:?[0-9]{2})$",
            concat!(
                "^",
                day!(),
                "T",
                clock!(),
                "(?:[.][0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])$"
            ),
        ],
    ),
    of("date", &["2026-01-02"], ["^[0-9]{4}-[0-9]{2}-[0-9]{2}$", concat!("^", day!(), "$")]),
    of("time", &["03:04:05Z"], [ANY_CLOCK, concat!("^", clock!(), "Z$")]),
    of("duration", &["P1D"], ["^P.", "^P[1-9][0-9]{0,2}D$"]),
    of("email", &["a@example.com"], EMAIL),
    of("idn-email", &["a@example.com"], EMAIL),
    of("hostname", &["example.com"], ["^[A-Za-z0-9._-]+$", HOST]),
    of("idn-hostname", &["example.com"], ["", HOST]),
    of("ipv4", &["192.0.2.1"], [IPV4, IPV4]),
    of("ipv6", &["2001:db8::1"], IPV6),
    of("uri", &["https://example.com/a"], URI),
    of("iri", &["https://example.com/a"], URI),
    Format {
        outside: &["\\\\WINDOWS\\file", "a b"],
        ..of("uri-reference", &["/a", "a", ""], ["", PATH])
    },
    Format { outside: &["\\\\WINDOWS\\file"], ..of("iri-reference", &["/a", "a", ""], ["", PATH]) },
    Format { outside: &["/{a"], ..of("uri-template", &["/{a}", "a", ""], ["", PATH]) },
    of("uuid", &["2eb8aa08-aa98-11ea-b4aa-73b441d16380"], [UUID, UUID]),
    Format { outside: &["a", "~"], ..of("json-pointer", &["/a", ""], [POINTER, POINTER]) },
    of("relative-json-pointer", &["0/a", "0"], ["^[0-9]", "^0(?:/[a-z]{1,16})?$"]),
    Format { outside: &["("], ..of("regex", &["a", ""], ["", "^[a-z0-9]*$"]) },
];

const fn of(
    name: &'static str,
    inside: &'static [&'static str],
    [within, surely]: [&'static str; 2],
) -> Format {
    Format { name, inside, outside: &["", "a", "-", "not a value"], within, surely }
}

impl Format {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether the text is in it; `finds` tells whether a pattern is found in it.
    pub(crate) fn has(&self, text: &str, finds: impl Fn(&str) -> Tri) -> Tri {
        // A single label is a host, and an internationalised one may be anything: only what no host
        // can be is known.
        let may_be_a_label = self.name.ends_with("hostname") && (text == "a" || text == "-");
        if self.inside.contains(&text) {
            return Tri::True;
        }
        if self.outside.contains(&text) && !may_be_a_label {
            return Tri::False;
        }
        match self.name {
            "date" => Tri::from(is_date(text)),
            "ipv6" => Tri::from(text.parse::<std::net::Ipv6Addr>().is_ok()),
            _ => match (finds(self.within), finds(self.surely)) {
                (_, Tri::True) => Tri::True,
                (Tri::False, _) => Tri::False,
                _ => Tri::Unknown,
            },
        }
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() }
        });
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

/// The range of a format of whole numbers, as generators of schemas write it (`uint32`) and
/// `OpenAPI` does (`int32`).
pub(crate) fn integer_range(name: &str) -> Option<(Decimal, Decimal)> {
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
