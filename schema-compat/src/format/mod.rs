//! `format` as an assertion: the text formats of JSON Schema, and whether a text has one.
//!
//! This is the only check of such texts: the schema comparison and the validation of records both
//! use it.
//!
//! ```
//! use schema_compat::format;
//!
//! let date = format::named("date").unwrap();
//! assert_eq!(date.specification, "RFC 3339 section 5.6, `full-date`");
//! assert_eq!(date.has("2024-02-29"), Some(true));
//! assert_eq!(date.has("2026-02-29"), Some(false));
//! // Validators do not agree on it, so nothing is said.
//! assert_eq!(format::named("date-time").unwrap().has("2026-11-21 06:00:00Z"), None);
//! ```

mod integers;
mod times;

pub(crate) use integers::integer_range;

use crate::pattern::{Language, WORK, language_of};
use crate::tri::Tri;
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A text format, with example texts that have it and that do not, and two patterns: one that all
/// of its texts match, and one that only its texts match.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Format {
    /// Its name in JSON Schema.
    pub name: &'static str,
    /// Where it is defined, as JSON Schema cites it.
    pub specification: &'static str,
    pub(crate) inside: &'static [&'static str],
    pub(crate) outside: &'static [&'static str],
    /// Every text with the format matches this pattern.
    pub(crate) within: &'static str,
    /// Every text that matches this pattern has the format, for every validator.
    pub(crate) surely: &'static str,
    /// The check, if the patterns are not exact.
    judge: Option<fn(&str) -> Tri>,
}

/// A day that every month has, in a year with four digits.
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

/// The formats of the specifications. Any other name is an annotation, which validators ignore.
pub const FORMATS: &[Format] = &[
    Format {
        judge: Some(times::date_time),
        ..of(
            "date-time",
            "RFC 3339 section 5.6, `date-time`",
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
        )
    },
    Format {
        judge: Some(|text| Tri::from(times::is_date(text))),
        ..of(
            "date",
            "RFC 3339 section 5.6, `full-date`",
            &["2026-01-02"],
            ["^[0-9]{4}-[0-9]{2}-[0-9]{2}$", concat!("^", day!(), "$")],
        )
    },
    Format {
        judge: Some(times::time),
        ..of(
            "time",
            "RFC 3339 section 5.6, `full-time`",
            &["03:04:05Z"],
            [ANY_CLOCK, concat!("^", clock!(), "Z$")],
        )
    },
    of("duration", "RFC 3339 appendix A", &["P1D"], ["^P.", "^P[1-9][0-9]{0,2}D$"]),
    of("email", "RFC 5321 section 4.1.2, `Mailbox`", &["a@example.com"], EMAIL),
    of("idn-email", "RFC 6531", &["a@example.com"], EMAIL),
    of("hostname", "RFC 1123 section 2.1", &["example.com"], ["^[A-Za-z0-9._-]+$", HOST]),
    of("idn-hostname", "RFC 5890 section 2.3.2.3", &["example.com"], ["", HOST]),
    Format {
        judge: Some(|text| Tri::from(text.parse::<Ipv4Addr>().is_ok())),
        ..of("ipv4", "RFC 2673 section 3.2, `dotted-quad`", &["192.0.2.1"], [IPV4, IPV4])
    },
    Format {
        judge: Some(|text| Tri::from(text.parse::<Ipv6Addr>().is_ok())),
        ..of("ipv6", "RFC 4291 section 2.2", &["2001:db8::1"], IPV6)
    },
    of("uri", "RFC 3986", &["https://example.com/a"], URI),
    of("iri", "RFC 3987", &["https://example.com/a"], URI),
    Format {
        outside: &["\\\\WINDOWS\\file", "a b"],
        ..of("uri-reference", "RFC 3986 section 4.1", &["/a", "a", ""], ["", PATH])
    },
    Format {
        outside: &["\\\\WINDOWS\\file"],
        ..of("iri-reference", "RFC 3987", &["/a", "a", ""], ["", PATH])
    },
    Format { outside: &["/{a"], ..of("uri-template", "RFC 6570", &["/{a}", "a", ""], ["", PATH]) },
    Format {
        judge: Some(|text| Tri::from(is_uuid(text))),
        ..of(
            "uuid",
            "RFC 4122, hyphenated",
            &["2eb8aa08-aa98-11ea-b4aa-73b441d16380"],
            [UUID, UUID],
        )
    },
    Format {
        outside: &["a", "~"],
        ..of("json-pointer", "RFC 6901 section 5", &["/a", ""], [POINTER, POINTER])
    },
    of(
        "relative-json-pointer",
        "draft-handrews-relative-json-pointer-01",
        &["0/a", "0"],
        ["^[0-9]", "^0(?:/[a-z]{1,16})?$"],
    ),
    Format {
        outside: &["("],
        ..of("regex", "ECMA-262 section 22.2.1", &["a", ""], ["", "^[a-z0-9]*$"])
    },
];

const fn of(
    name: &'static str,
    specification: &'static str,
    inside: &'static [&'static str],
    [within, surely]: [&'static str; 2],
) -> Format {
    let outside = &["", "a", "-", "not a value"];
    Format { name, specification, inside, outside, within, surely, judge: None }
}

/// The format with this name; `None` if JSON Schema has no such format.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

impl Format {
    /// Whether the text has the format; `None` if validators disagree, or if only a dedicated
    /// parser could tell.
    pub fn has(&self, text: &str) -> Option<bool> {
        match self.judge(text, |pattern| is_found(pattern, text)) {
            Tri::True => Some(true),
            Tri::False => Some(false),
            Tri::Unknown => None,
        }
    }

    /// The patterns that [`Self::judge`] matches with a text.
    pub(crate) fn matched(&self) -> Vec<&'static str> {
        if self.judge.is_some() { Vec::new() } else { vec![self.within, self.surely] }
    }

    /// Checks a text, where `finds` matches a pattern with the text.
    pub(crate) fn judge(&self, text: &str, finds: impl Fn(&str) -> Tri) -> Tri {
        if let Some(judge) = self.judge {
            return judge(text);
        }
        // A single label is a host name, and an internationalised label may be anything: only
        // impossible host names are certain.
        let may_be_a_label = self.name.ends_with("hostname") && (text == "a" || text == "-");
        if self.inside.contains(&text) {
            return Tri::True;
        }
        if self.outside.contains(&text) && !may_be_a_label {
            return Tri::False;
        }
        match (finds(self.within), finds(self.surely)) {
            (_, Tri::True) => Tri::True,
            (Tri::False, _) => Tri::False,
            _ => Tri::Unknown,
        }
    }
}

thread_local! {
    /// The languages of the table's patterns, parsed once.
    static LANGUAGES: RefCell<HashMap<String, Option<Language>>> = RefCell::default();
}

fn is_found(pattern: &str, text: &str) -> Tri {
    LANGUAGES.with_borrow_mut(|known| {
        if !known.contains_key(pattern) {
            known.insert(pattern.to_owned(), language_of(pattern));
        }
        let language = known.get(pattern).and_then(Option::as_ref);
        language
            .and_then(|language| language.has_within(text, &mut { WORK }))
            .map_or(Tri::Unknown, Tri::from)
    })
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
