//! One pass over JSON text (RFC 8259): checks that it is JSON, and finds the values in it.
//!
//! The results are slices of the text. This pass converts nothing, and its stack does not grow with
//! the text.

use super::error::{MOST_OPEN, ReadError, ReadErrorKind};
use super::text;
use super::tokens::{Fault, Scanned, Scanner};
use std::borrow::Cow;

/// The text of one value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'de> {
    /// The value, without white space around it; never empty.
    pub(super) json: &'de str,
    /// Whether the value is text with an escape.
    pub(super) escaped: bool,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Member<'de> {
    pub(super) key: Cow<'de, str>,
    pub(super) value: Raw<'de>,
}

/// Scans `json` as one value. Skips a byte order mark before it, as RFC 8259, section 8.1, permits.
pub(super) fn value(json: &str) -> Result<Raw<'_>, ReadError> {
    whole(json, MOST_OPEN, Scanner::value)
}

/// Scans `json` as one object and returns its members; `None` if it is another value. Skips a byte
/// order mark before it.
pub(super) fn object(json: &str) -> Result<Option<Vec<Member<'_>>>, ReadError> {
    whole(json, MOST_OPEN, |scanner| {
        if scanner.peek() == Some(b'{') {
            return scanner.members().map(Some);
        }
        scanner.value().map(|_| None)
    })
}

/// Scans `json` as one list, which begins with a bracket, and returns its items.
pub(super) fn list(json: &str) -> Result<Vec<Raw<'_>>, ReadError> {
    whole(json, MOST_OPEN, Scanner::items)
}

/// Returns an error if a value is nested deeper than `most`.
pub(crate) fn check_depth(json: &str, most: u32) -> Result<(), ReadError> {
    whole(json, most, Scanner::value).map(|_| ())
}

/// Applies `scan` to the whole text.
fn whole<'de, T>(
    given: &'de str,
    most: u32,
    scan: impl FnOnce(&mut Scanner<'de>) -> Scanned<T>,
) -> Result<T, ReadError> {
    let json = given.strip_prefix('\u{feff}').unwrap_or(given);
    let mut scanner = Scanner { json, at: 0, most };
    scanner.space();
    let found = scan(&mut scanner).and_then(|found| {
        scanner.space();
        if scanner.at == json.len() { Ok(found) } else { scanner.wrong() }
    });
    found.map_err(|fault| match fault {
        Fault::Syntax(at) => syntax(given, given.len() - json.len() + at),
        Fault::TooDeep if most == MOST_OPEN => ReadError::new(ReadErrorKind::TextTooDeep),
        Fault::TooDeep => ReadError::new(ReadErrorKind::TooDeep),
        Fault::Surrogate => ReadError::new(ReadErrorKind::LoneSurrogate),
    })
}

/// The error at a position in the given text, as line and column in characters.
#[cold]
fn syntax(given: &str, at: usize) -> ReadError {
    let before = given.as_bytes().get(..at).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    // Continuation bytes of a character are not counted.
    let column = last.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() + 1;
    ReadError::new(ReadErrorKind::Syntax { line, column })
}

impl<'de> Scanner<'de> {
    /// Skips any value.
    #[inline]
    fn value(&mut self) -> Scanned<Raw<'de>> {
        let from = self.at;
        let mut escaped = false;
        match self.peek() {
            Some(b'"') => escaped = self.string()?,
            Some(b'{' | b'[') => self.nested()?,
            _ => self.word_or_number()?,
        }
        Ok(Raw { json: self.since(from)?, escaped })
    }

    /// Skips an object or a list. The bits of `objects` say which of the open values are objects.
    fn nested(&mut self) -> Scanned<()> {
        let (mut objects, mut open) = (0_u128, 0_u32);
        loop {
            match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    if open == self.most {
                        return Err(Fault::TooDeep);
                    }
                    let is_object = bracket == b'{';
                    (objects, open) = (objects << 1 | u128::from(is_object), open + 1);
                    self.pass(bracket)?;
                    let is_empty = self.peek() == Some(if is_object { b'}' } else { b']' });
                    if !is_empty {
                        if is_object {
                            self.key()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => _ = self.string()?,
                _ => self.word_or_number()?,
            }
            // A value ends here, and perhaps the values around it.
            loop {
                if open == 0 {
                    return Ok(());
                }
                self.space();
                match (self.peek(), objects & 1) {
                    (Some(b','), 1) => {
                        self.pass(b',')?;
                        self.key()?;
                        break;
                    }
                    (Some(b','), _) => {
                        self.pass(b',')?;
                        break;
                    }
                    (Some(b'}'), 1) | (Some(b']'), 0) => {
                        self.at += 1;
                        (objects, open) = (objects >> 1, open - 1);
                    }
                    _ => return self.wrong(),
                }
            }
        }
    }

    /// Scans an object and collects its members.
    fn members(&mut self) -> Scanned<Vec<Member<'de>>> {
        /// Most lines have no more members.
        const USUAL: usize = 16;
        self.most -= 1;
        self.pass(b'{')?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Vec::new());
        }
        let mut members = Vec::with_capacity(USUAL);
        loop {
            let key = self.key()?;
            let key = text::of(key).map_err(|text::LoneSurrogate| Fault::Surrogate)?;
            members.push(Member { key, value: self.value()? });
            self.space();
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(members);
            }
            self.pass(b',')?;
        }
    }

    /// Scans a list and collects its items.
    fn items(&mut self) -> Scanned<Vec<Raw<'de>>> {
        self.most -= 1;
        self.pass(b'[')?;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value()?);
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(items);
            }
            self.pass(b',')?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{check_depth, list, object, value};
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::value::RawValue;

    /// Whether serde reads the text without a byte order mark, which serde refuses.
    fn serde(json: &str) -> bool {
        serde_json::from_str::<&RawValue>(json.strip_prefix('\u{feff}').unwrap_or(json)).is_ok()
    }

    proptest! {
        #[test]
        fn text_near_json_is_json_here_where_it_is_to_serde(json in "[\\[\\]{},:\" \\\\u0-9.eE+tnul-]{0,24}") {
            prop_assert_eq!(value(&json).is_ok(), serde(&json));
        }

        #[test]
        fn broken_json_is_broken_to_both(at in 0..80_usize, with in "[\\[\\]{},:\"\\\\0e.é -]?") {
            let json = r#"{"a": [1, -0.5e+3, true, null], "b\n\u00e9": {"c": "x\ty é", "d": {}}, "e": []}"#;
            let end = (at + 1).min(json.len());
            if let (Some(head), Some(tail)) = (json.get(..at), json.get(end..)) {
                let json = format!("{head}{with}{tail}");
                prop_assert_eq!(value(&json).is_ok(), serde(&json));
                prop_assert_eq!(object(&json).is_ok(), serde(&json));
            }
        }

        #[test]
        fn any_text_is_one_string(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let found = value(&json).unwrap();
            prop_assert_eq!((found.json, found.escaped), (&*json, json.contains('\\')));
        }
    }

    #[test]
    fn members_and_items_are_where_they_are_written() {
        let members = object(" {\"a\" : 1 ,\"\\u0062\":[2, {\"c\":3}]} ").unwrap().unwrap();
        let members: Vec<_> =
            members.iter().map(|member| (&*member.key, member.value.json)).collect();
        assert_eq!(members, [("a", "1"), ("b", "[2, {\"c\":3}]")]);
        let items: Vec<_> = list("[1, \"x\" , []]").unwrap().iter().map(|raw| raw.json).collect();
        assert_eq!(items, ["1", "\"x\"", "[]"]);
        assert!(object("[]").unwrap().is_none());
    }

    #[test]
    fn an_error_is_at_its_place_in_the_line_as_given() {
        let place = |json: &str| object(json).unwrap_err().to_string();
        assert_eq!(place(r#"{"a":1,"b":01}"#), "not JSON, at line 1 column 13");
        assert_eq!(place("{\"é\":1,\n \"b\":tru}"), "not JSON, at line 2 column 6");
        assert_eq!(place(r#"{"é":"é",}"#), "not JSON, at line 1 column 10");
        assert_eq!(place(r#"{"a":1"#), "not JSON, at line 1 column 7");
        assert_eq!(place(r#"{"a":{"b":[1,,2]}}"#), "not JSON, at line 1 column 14");
    }

    #[test]
    fn nesting_without_end_is_too_deep_and_not_a_crash() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(value(&nested(127)).is_ok());
        let error = |levels| value(&nested(levels)).unwrap_err().to_string();
        assert_eq!(
            [error(128), error(1_000_000)],
            ["the record is nested deeper than 127 levels"; 2]
        );
        assert!(list(&nested(127)).is_ok() && list(&nested(128)).is_err());
        assert!(check_depth(&nested(5), 5).is_ok() && check_depth(&nested(6), 5).is_err());
        // The same limit as serde's.
        assert!(
            [127, 128].map(|levels| serde_json::from_str::<Value>(&nested(levels)).is_ok())
                == [true, false]
        );
    }
}
