//! A member of baggage, and the grammar of its text.

use crate::headers::BAGGAGE;
use crate::invalid::{HeaderRule, InvalidHeader};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::fmt;

/// The bytes that are percent-encoded in a value: all but `baggage-octet` (§3.2.1), and `%` itself.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b';').add(b'\\');

/// A key, a value, and their properties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaggageMember {
    key: String,
    value: String,
    /// The values are kept as they are written: the specification gives properties no meaning, so
    /// they are passed on unchanged.
    properties: Vec<(String, Option<String>)>,
}

impl BaggageMember {
    /// Makes a member of a key and a value. The value may be any text.
    ///
    /// # Errors
    ///
    /// Returns an error if the key is not a token (RFC 9110 §5.6.2).
    pub fn new(key: &str, value: &str) -> Result<Self, InvalidHeader> {
        if is_token(key) {
            Ok(Self { key: key.to_owned(), value: value.to_owned(), properties: Vec::new() })
        } else {
            Err(InvalidHeader::new(BAGGAGE, HeaderRule::Key))
        }
    }

    /// Adds a property at the end: a key, or a key and a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the key is not a token.
    pub fn with_property(mut self, key: &str, value: Option<&str>) -> Result<Self, InvalidHeader> {
        if !is_token(key) {
            return Err(InvalidHeader::new(BAGGAGE, HeaderRule::Property));
        }
        self.properties.push((
            key.to_owned(),
            value.map(|value| utf8_percent_encode(value, ENCODED).to_string()),
        ));
        Ok(self)
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value, decoded.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The properties, in order. Their values are percent-decoded, like the values of members. A
    /// received property is written as it was received, whatever it decodes to.
    pub fn properties(&self) -> impl Iterator<Item = (&str, Option<Cow<'_, str>>)> {
        self.properties.iter().map(|(key, value)| {
            let decoded = value.as_ref().map(|value| percent_decode_str(value).decode_utf8_lossy());
            (key.as_str(), decoded)
        })
    }

    pub(super) fn parse(text: &str) -> Result<Self, HeaderRule> {
        let mut parts = text.split(';').map(pair);
        let (key, value) = parts.next().unwrap_or_default();
        let value = value.ok_or(HeaderRule::Member)?;
        if !is_token(key) {
            return Err(HeaderRule::Key);
        }
        let mut member = Self {
            key: key.to_owned(),
            value: decoded(value).ok_or(HeaderRule::Value)?,
            properties: Vec::new(),
        };
        for (key, value) in parts {
            if !is_token(key) || !value.is_none_or(is_octets) {
                return Err(HeaderRule::Property);
            }
            member.properties.push((key.to_owned(), value.map(str::to_owned)));
        }
        Ok(member)
    }
}

/// A key, and a value if there is a `=`, without white space around them.
fn pair(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((key, value)) => (trimmed(key), Some(trimmed(value))),
        None => (trimmed(text), None),
    }
}

/// The text without white space around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// A `token` (RFC 9110 §5.6.2).
fn is_token(text: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// The text of a value of `baggage-octet`s.
fn decoded(value: &str) -> Option<String> {
    is_octets(value).then(|| percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// Whether the text has only `baggage-octet`s (§3.2.1).
fn is_octets(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

impl fmt::Display for BaggageMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.key, utf8_percent_encode(&self.value, ENCODED))?;
        for (key, value) in &self.properties {
            write!(f, ";{key}")?;
            if let Some(value) = value {
                write!(f, "={value}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Baggage;

    #[test]
    fn properties_are_kept() {
        let member = BaggageMember::new("k", "v").unwrap().with_property("p", Some("é;")).unwrap();
        let member = member.with_property("q", None).unwrap();
        assert_eq!(member.to_string(), "k=v;p=%C3%A9%3B;q");
        assert_eq!(
            member.properties().collect::<Vec<_>>(),
            [("p", Some("é;".into())), ("q", None)]
        );
        let read = Baggage::parse("k=v;p=100%").value;
        assert_eq!(
            read.members()[0].properties().collect::<Vec<_>>(),
            [("p", Some("100%".into()))]
        );
        assert_eq!(member.with_property("q r", None).unwrap_err().rule(), HeaderRule::Property);
    }
}
