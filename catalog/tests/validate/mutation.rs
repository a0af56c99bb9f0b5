//! Records with a mutation, made as text, so that they include texts that a JSON library would not
//! write.

use super::{TAGGED, places};
use serde_json::{Value, json};

/// A fixed sequence of numbers, so that each run has the same records (splitmix64).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A record and its mutation.
pub(super) struct Mutant {
    pub(super) text: String,
    /// The place, as a JSON pointer; `None` if the text as a whole was changed, or nothing was.
    pub(super) pointer: String,
    /// Whether a schema validator can check it: the validator needs a value, and a value has no
    /// repeated members.
    pub(super) is_value: bool,
}

/// JSON to put in the place of another value.
const VALUES: &[&str] = &[
    "4999.0",
    "-0.0",
    "-0",
    "0",
    "1",
    "-1",
    "1e2",
    "2.0",
    "3.0e0",
    "255.0",
    "256.0",
    "0.5",
    "1e19",
    "70000",
    "-1.5e1",
    "9007199254740993.0",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808.0",
    "1e300",
    "4294967296.0",
    "null",
    "true",
    "\"\"",
    "\"a\"",
    "\"ab\"",
    "[]",
    "{}",
    "[1,\"a\"]",
    "{\"a\":1}",
    "{\"a\":1.0}",
    "[1.0,2e0,3]",
    "[1,2.5,3]",
    "\"2016-12-31T23:59:60Z\"",
    "\"2026-11-21T12:30:60Z\"",
    "\"2026-02-29T00:00:00Z\"",
    "\"2026-11-21T00:00:00.123456789+23:59\"",
    "\"2026-11-21\"",
    "\"2026-11-21T24:00:00Z\"",
    "\"2016-12-31T15:59:60-08:00\"",
    "\"1990-12-31T23:59:60+01:00\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u00e9\"",
    "\"203.0.113.7\"",
    "\"::1\"",
    "\"info\"",
    "\"error\"",
    "\"12.50\"",
    "\"12.\"",
    "\"019cebab-8995-7cb0-9b1f-4c6f0a7e52d8\"",
    "\"evt_019cebab-8995-7cb0-9b1f-4c6f0a7e52d8\"",
];

/// JSON that a schema validator cannot represent, or not exactly.
const TEXTS: &[&str] = &[
    "1e400",
    "-1e400",
    "1e-400",
    "[1e400]",
    "{\"a\":1E999}",
    "1.00000000000000000000001",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "{\"\\ud83d\":1}",
    "[\"\\udfff\"]",
    "{\"a\":1,\"a\":2}",
    "[{\"b\":1,\"\\u0062\":1}]",
    "1.",
    "01",
    "+1",
    "NaN",
    "'a'",
    "tru",
    "\"\\x\"",
    "[1,]",
    "{\"a\":1,}",
    "",
    "\"\u{1}\"",
];

/// Changes one place, or the text as a whole; one record in ten stays unchanged.
pub(super) fn mutated(record: &str, numbers: &mut Numbers) -> Mutant {
    let unchanged = |text: String| Mutant { text, pointer: String::new(), is_value: true };
    let value: Value = serde_json::from_str(record).unwrap();
    let mut all = Vec::new();
    places(&value, "", &mut all);
    let pointer = all.swap_remove(numbers.below(all.len()));
    let is_header =
        ["/event", "/version", "/event_type", "/event_version"].contains(&pointer.as_str());
    let replaced = |with: &str, is_value: bool| Mutant {
        text: replaced(&value, &pointer, with),
        pointer: pointer.clone(),
        is_value,
    };
    match numbers.below(20) {
        0 | 1 => unchanged(record.to_owned()),
        2 => Mutant { is_value: false, ..unchanged(format!("\u{feff}{record}")) },
        3 => broken(record, numbers),
        // Another number may name another event.
        _ if is_header => spelt_otherwise(&value, &pointer, numbers),
        4 | 5 => structure(&value, &pointer, numbers),
        6 => {
            let levels = 1 + numbers.below(124);
            // A schema does not limit how deep a value may be.
            replaced(&nested(levels, numbers), levels < 100)
        }
        7 => replaced(
            &format!("{0},\"{1}\":{0}", value.pointer(&pointer).unwrap(), last(&pointer)),
            false,
        ),
        8 | 9 => replaced(numbers.pick(TEXTS), false),
        10..=12 => replaced(numbers.pick(TAGGED), true),
        13..=15 => match value.pointer(&pointer) {
            Some(Value::Number(number)) if !number.is_f64() => {
                // Beyond 2^53 the validator's number differs.
                let is_exact = number.as_f64().is_some_and(|number| number.abs() < 9e15);
                replaced(&format!("{number}.0"), is_exact)
            }
            _ => replaced(numbers.pick(VALUES), true),
        },
        _ => replaced(numbers.pick(VALUES), true),
    }
}

/// The same name or version, in another spelling or type.
fn spelt_otherwise(value: &Value, pointer: &str, numbers: &mut Numbers) -> Mutant {
    let with = match value.pointer(pointer).unwrap() {
        // A reader reads a missing version as 1.
        Value::Number(version) if version.as_u64() == Some(1) && numbers.below(3) == 0 => {
            if numbers.below(2) == 0 {
                return without(value, pointer);
            }
            "null".to_owned()
        }
        Value::Number(version) => match numbers.below(5) {
            0 => format!("{version}.0"),
            1 => format!("{version}0e-1"),
            2 => format!("{version}.5"),
            3 => format!("\"{version}\""),
            _ => "true".to_owned(),
        },
        _ => ["7", "\"\"", "\"not_declared\"", "null"][numbers.below(4)].to_owned(),
    };
    Mutant { text: replaced(value, pointer, &with), pointer: pointer.to_owned(), is_value: true }
}

/// Removes a member, or adds one.
fn structure(value: &Value, pointer: &str, numbers: &mut Numbers) -> Mutant {
    if numbers.below(3) > 0 {
        return without(value, pointer);
    }
    let mut changed = value.clone();
    let parent = pointer.rsplit_once('/').unwrap().0;
    if let Some(members) = changed.pointer_mut(parent).unwrap().as_object_mut() {
        members.insert("not_declared".to_owned(), json!(1));
    }
    Mutant { text: changed.to_string(), pointer: pointer.to_owned(), is_value: true }
}

/// Removes the member at a place.
fn without(value: &Value, pointer: &str) -> Mutant {
    let mut changed = value.clone();
    if let Some(members) =
        changed.pointer_mut(pointer.rsplit_once('/').unwrap().0).unwrap().as_object_mut()
    {
        members.remove(&last(pointer));
    }
    Mutant { text: changed.to_string(), pointer: pointer.to_owned(), is_value: true }
}

/// Lists or objects about as deep as the limit.
fn nested(levels: usize, numbers: &mut Numbers) -> String {
    let (open, close) = if numbers.below(2) == 0 { ("[", "]") } else { ("{\"a\":", "}") };
    format!("{}1{}", open.repeat(levels), close.repeat(levels))
}

/// Text that was cut, or has an extra byte.
fn broken(record: &str, numbers: &mut Numbers) -> Mutant {
    // An empty text is a blank line, which is not a mistake.
    let mut at = 1 + numbers.below(record.len() - 1);
    while !record.is_char_boundary(at) {
        at -= 1;
    }
    let (head, tail) = record.split_at(at);
    let text = match numbers.below(3) {
        0 => head.to_owned(),
        1 => format!(
            "{head}{}{tail}",
            numbers.pick(&["\"", "\\", "{", "]", ",", ":", " ", "\u{feff}"])
        ),
        _ => format!("{record}{}", numbers.pick(&["}", " ", "{}", "\u{feff}"])),
    };
    Mutant { text, pointer: String::new(), is_value: false }
}

/// The value with JSON text at a place.
fn replaced(value: &Value, pointer: &str, with: &str) -> String {
    const MARK: &str = "@here@";
    let mut changed = value.clone();
    *changed.pointer_mut(pointer).unwrap() = MARK.into();
    changed.to_string().replacen(&format!("\"{MARK}\""), with, 1)
}

/// The key at the end of a pointer.
fn last(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}
