//! Ids from outside: of a request, a correlation or an actor.

use std::fmt;

/// The maximum length of an id, in bytes. A header may have kilobytes, and each event of a request
/// copies the id.
const MOST_BYTES: usize = 128;

/// An id from outside that is safe in a line, a header or a query: 1 to 128 bytes of
/// `A-Z a-z 0-9 . _ ~ : / + = @ -`.
///
/// The usual ids consist of these characters: UUIDs and ULIDs, hex, base64 and base64url
/// (`+ / = - _`), X-Ray's `Root=1-..`, URNs (`:`), message ids without their brackets (`@`), nano
/// ids (`_ - ~`). Characters that could end a field, a line, a header, a JSON string, a shell word
/// or an HTML attribute are excluded: white space, control characters, quotes, backslash,
/// `< > { } , ; | & $ %`, and everything beyond ASCII. An id may contain `/` and `..`, so do not
/// use it as a file name.
///
/// ```
/// use event_core::context::trace::{ExternalId, InvalidId};
///
/// assert_eq!(ExternalId::parse("Root=1-67891233-abcdef012345678912345678").unwrap().as_str().len(), 40);
/// assert_eq!(ExternalId::parse("rid-1\n{\"inject\":1}"), Err(InvalidId::Character { at: 5 }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalId(String);

/// The reason why an id is invalid. It gives a position, and never the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidId {
    /// There is no id.
    Missing,
    /// The id is empty.
    Empty,
    /// The id is longer than 128 bytes.
    TooLong,
    /// The id contains a character that is not allowed.
    Character {
        /// The position of the first such character, in bytes from 0.
        at: usize,
    },
}

impl ExternalId {
    /// Parses an id from outside.
    ///
    /// # Errors
    ///
    /// If the text is empty, longer than 128 bytes, or contains a character that is not allowed.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if text.is_empty() {
            return Err(InvalidId::Empty);
        }
        if text.len() > MOST_BYTES {
            return Err(InvalidId::TooLong);
        }
        match text.bytes().position(|byte| !is_id_byte(byte)) {
            Some(at) => Err(InvalidId::Character { at }),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// Wraps the text of an id that this crate made from allowed characters.
    pub(crate) fn of_own(text: String) -> Self {
        Self(text)
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~:/+=@-".contains(&byte)
}

impl AsRef<str> for ExternalId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is none"),
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong => write!(f, "it is longer than {MOST_BYTES} bytes"),
            Self::Character { at } => {
                write!(f, "byte {at} is none of `A-Z a-z 0-9 . _ ~ : / + = @ -`")
            }
        }
    }
}

impl std::error::Error for InvalidId {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_in_use_are_taken() {
        for id in [
            "0190163d-8694-739b-aea5-966c26f8ad91",
            "01J3ZQ8V5W8RZ7M4X5K2N1P0QG",
            "Root=1-67891233-abcdef012345678912345678",
            "105445aa7843bc8bf206b12000100000/1",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "CAF.1@mail.example.com",
            "orig_V1StGXR8_Z5jdHi6B-myT",
            "YWJj+/8=",
            &"x".repeat(128),
        ] {
            assert_eq!(ExternalId::parse(id).unwrap().as_str(), id);
        }
    }

    #[test]
    fn what_could_do_harm_is_refused() {
        assert_eq!(ExternalId::parse(""), Err(InvalidId::Empty));
        assert_eq!(ExternalId::parse(&"x".repeat(129)), Err(InvalidId::TooLong));
        for harmful in " \t\n\r\0\u{7f}\"'`\\<>{}[]()|&;,$%#!?*^é\u{202e}".chars() {
            let text = format!("ab{harmful}");
            assert_eq!(
                ExternalId::parse(&text),
                Err(InvalidId::Character { at: 2 }),
                "{harmful:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_kept_as_it_is_or_refused(text in any::<String>()) {
            if let Ok(id) = ExternalId::parse(&text) {
                prop_assert_eq!(id.as_str(), text);
            }
        }
    }
}
