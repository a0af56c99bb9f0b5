//! Three states of a key: absent, `null`, a value.

use super::EventValue;
use super::kept::kept;
use crate::contract::lock::{of_optional, of_presence};
use crate::model::shape::Shape;
use crate::value::encode::Encoder;
use crate::value::read::{Input, ReadError};

/// The value of a key that may be absent or `null`, where that is not the same: a patch that leaves
/// a note as it is, or removes it.
///
/// An `Option` has two states, and one of them is `None` however it is written: a missing key and
/// `null` both read as `None`. A `Presence` keeps them apart, in writing and in reading. It is the
/// type of a field itself: in a list, a map, an `Option` or a newtype there is no key to be absent,
/// and it does not build.
///
/// ```
/// use event_core::value::{Encoder, Fields, Presence};
/// use event_core::{Event, events};
///
/// events!(
///     #[domain]
///     pub enum Profile {
///         Update,
///     }
///
///     #[event(info)]
///     pub struct ProfileUpdateRequested {
///         pub note: Presence<String>,
///     }
/// );
///
/// # fn main() {
/// let line = |note| {
///     let mut out = Encoder::new();
///     out.object(&ProfileUpdateRequested { note });
///     String::from_utf8(out.bytes().to_vec()).unwrap()
/// };
/// assert_eq!(line(Presence::Absent), "{}");
/// assert_eq!(line(Presence::Null), r#"{"note":null}"#);
/// assert_eq!(line(Presence::Value("new".to_owned())), r#"{"note":"new"}"#);
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, and `null`.
    Null,
    /// The key is there, and not `null`.
    Value(T),
}

impl<T> Presence<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one; whether the key was absent or `null` is lost.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the key is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the key is there, and `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Presence<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

// The shape of an `Option` in an `Option`, which itself does not build: what is left out is the
// outer one, what is `null` the inner one.
impl<T: EventValue> EventValue for Presence<T> {
    const SHAPE: &'static Shape = &Shape::Optional(&Shape::Optional(T::SHAPE.not_optional()));
    const FINGERPRINT: u64 = of_presence(of_optional(T::SHAPE, T::FINGERPRINT));
    const KEPT: () = kept::<T>();

    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Value(value) => value.encode(out),
            Self::Absent | Self::Null => out.null(),
        }
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_absent() {
            out.key(key);
            self.encode(out);
        }
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(Self::Null) } else { T::read(input).map(Self::Value) }
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn is_none(&self) -> bool {
        self.is_absent()
    }
}
