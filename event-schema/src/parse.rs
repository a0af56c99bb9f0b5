//! Reads JSON from outside: a schema from a file or from a registry.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

/// Why a text is not a valid JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// The text is not JSON.
    Syntax {
        /// The error, in words.
        what: String,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 if the error is behind the end of the line.
        column: usize,
    },
    /// An object has a key twice. RFC 8259, section 4, asks for unique names, because parsers
    /// disagree about which value counts.
    Duplicate {
        /// The key.
        key: String,
        /// The JSON pointer to the key.
        pointer: String,
        /// The line of the second key, from 1.
        line: usize,
        /// The column in which the second key ends, in bytes from 1.
        column: usize,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { what, .. } => write!(f, "not JSON: {what}"),
            Self::Duplicate { key, pointer, line, column } => {
                let (key, pointer) = (key.escape_debug(), pointer.escape_debug());
                write!(
                    f,
                    "the key `{key}` appears twice in one object, at line {line} column {column} \
                     (`{pointer}`)"
                )
            }
        }
    }
}

impl std::error::Error for ParseError {}

/// Reads a JSON document. A byte order mark at its start is skipped, as RFC 8259, section 8.1,
/// permits. `serde_json` takes the last of two members of one name; this function refuses them,
/// because another parser may take the first and so compare another schema.
///
/// ```
/// use event_schema::parse;
///
/// assert!(parse(b"\xef\xbb\xbf{\"type\":\"string\"}").is_ok());
/// let error = parse(br#"{"type":"string","type":"integer"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "the key `type` appears twice in one object, at line 1 column 23 (`/type`)");
/// ```
///
/// # Errors
///
/// See [`ParseError`]. As in `serde_json`, a document with more than 128 levels is a syntax error.
pub fn parse(text: &[u8]) -> Result<Value, ParseError> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let syntax = |error: serde_json::Error| ParseError::Syntax {
        line: error.line(),
        column: error.column(),
        what: error.to_string(),
    };
    // How numbers become values depends on the features of `serde_json` that the build turns on. So
    // `serde_json` makes the values, and the keys are checked separately.
    let value = serde_json::from_slice(text).map_err(syntax)?;
    let duplicate = RefCell::new(None);
    let looked = Unique { duplicate: &duplicate }
        .deserialize(&mut serde_json::Deserializer::from_slice(text));
    match (looked, duplicate.into_inner()) {
        (Ok(()), _) => Ok(value),
        (Err(error), Some((key, pointer))) => {
            Err(ParseError::Duplicate { key, pointer, line: error.line(), column: error.column() })
        }
        (Err(error), None) => Err(syntax(error)),
    }
}

/// Checks every object of a document for a duplicate key.
#[derive(Clone, Copy)]
struct Unique<'d> {
    /// The key and the pointer to it; the pointer grows on the way out.
    duplicate: &'d RefCell<Option<(String, String)>>,
}

impl Unique<'_> {
    /// Prepends a step to the pointer of a duplicate that was found below.
    fn below<E>(self, step: &str) -> impl FnOnce(E) -> E {
        move |error| {
            if let Some((_, pointer)) = self.duplicate.borrow_mut().as_mut() {
                pointer.insert_str(0, &step_of(step));
            }
            error
        }
    }
}

fn step_of(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut at = 0_usize;
        while items
            .next_element_seed(self)
            .map_err(|error| self.below(&at.to_string())(error))?
            .is_some()
        {
            at += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut known = HashSet::new();
        while let Some(key) = members.next_key::<String>()? {
            if known.contains(&key) {
                let step = step_of(&key);
                self.duplicate.replace(Some((key, step)));
                return Err(A::Error::custom("a key appears twice"));
            }
            members.next_value_seed(self).map_err(|error| self.below(&key)(error))?;
            known.insert(key);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{ParseError, parse};
    use serde_json::{Value, json};

    #[test]
    fn what_serde_json_reads_is_read_alike() {
        for text in [
            "null",
            "[1,-1,1e3,18446744073709551615,0.1]",
            r#"{"a":{"a":[{"a":""}]},"b":true}"#,
            " {}\n",
        ] {
            assert_eq!(
                parse(text.as_bytes()).unwrap(),
                serde_json::from_str::<Value>(text).unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_is_skipped_at_the_start_only() {
        assert_eq!(parse("\u{feff}{\"a\":1}".as_bytes()), Ok(json!({"a": 1})));
        assert!(parse("\u{feff}\u{feff}1".as_bytes()).is_err());
        assert!(parse("[\u{feff}1]".as_bytes()).is_err());
        assert_eq!(
            parse(b"\xef\xbb\xbf").unwrap_err().to_string(),
            "not JSON: EOF while parsing a value at line 1 column 0"
        );
    }

    #[test]
    fn a_key_that_appears_twice_is_refused_where_it_is() {
        for (text, key, pointer, (line, column)) in [
            (r#"{"type":"string","type":"integer"}"#, "type", "/type", (1, 23)),
            ("{\n  \"a\": 1,\n  \"a\": 1\n}", "a", "/a", (3, 5)),
            (r#"{"a":[0,{"b/c":{"~":1,"x":{},"~":1}}]}"#, "~", "/a/1/b~1c/~0", (1, 32)),
            (r#"{"a":1,"\u0061":2}"#, "a", "/a", (1, 15)),
            (r#"{"":1,"":2}"#, "", "/", (1, 8)),
        ] {
            let error = ParseError::Duplicate {
                key: key.to_owned(),
                pointer: pointer.to_owned(),
                line,
                column,
            };
            assert_eq!(parse(text.as_bytes()), Err(error), "{text}");
        }
        // The same key in two objects is not a duplicate.
        assert!(parse(br#"[{"a":1},{"a":{"a":1}}]"#).is_ok());
    }

    #[test]
    fn a_document_that_is_nested_too_deep_is_refused() {
        let deep = "[".repeat(100_000);
        assert!(
            parse(deep.as_bytes())
                .unwrap_err()
                .to_string()
                .starts_with("not JSON: recursion limit exceeded")
        );
    }
}
