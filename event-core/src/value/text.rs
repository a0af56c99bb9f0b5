//! Text: owned, or borrowed during an emission.

use super::EventValue;
use crate::model::shape::{Shape, TextFormat};
use crate::value::encode::Encoder;
use crate::value::read::{Input, ReadError};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// Text that is borrowed when an event is emitted, so that emitting does not allocate, and owned
/// when the event is read back.
///
/// ```
/// use event_core::Str;
///
/// let reason: Str<'_> = "insufficient_funds".into();
/// assert_eq!(reason, "insufficient_funds");
/// let kept: Str<'static> = reason.into_owned();
/// assert_eq!(kept.len(), 18);
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str<'a>(Cow<'a, str>);

impl Str<'_> {
    /// Text that is known at compile time.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text with owned content.
    pub fn into_owned(self) -> Str<'static> {
        Str(Cow::Owned(self.0.into_owned()))
    }

    /// The text as a `String`.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Str<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Str<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Str<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Str<'a> {
    fn from(text: &'a String) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Str<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Str<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text)
    }
}

impl From<Str<'_>> for String {
    fn from(text: Str<'_>) -> Self {
        text.into_string()
    }
}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Str<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

const PLAIN: &Shape = &Shape::Text(TextFormat::Plain);

#[diagnostic::do_not_recommend]
impl EventValue for Str<'_> {
    const SHAPE: &'static Shape = PLAIN;

    fn encode(&self, out: &mut Encoder) {
        out.text(self);
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.text_member(key, self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.text().map(|text| Self(Cow::Owned(text.into_owned())))
    }
}

#[diagnostic::do_not_recommend]
impl EventValue for String {
    const SHAPE: &'static Shape = PLAIN;

    fn encode(&self, out: &mut Encoder) {
        out.text(self);
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.text_member(key, self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.text().map(Cow::into_owned)
    }
}
