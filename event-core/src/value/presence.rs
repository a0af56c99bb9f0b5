//! The three states of a key: absent, `null`, or a value.

use super::EventValue;
use super::kept::kept;
use crate::contract::lock::{of_optional, of_presence};
use crate::model::shape::Shape;
use crate::value::encode::Encoder;
use crate::value::read::{Input, ReadError};

/// The value of a key for which absent and `null` mean different things, as in a patch: absent
/// keeps a note, `null` removes it.
///
/// An `Option` has two states: a missing key and `null` both read as `None`. A `Presence` keeps
/// them apart, in writing and in reading. It must be the type of the field itself: in a list, a
/// map, an `Option` or a newtype there is no key that could be absent, and it does not compile.
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
    /// The key is absent.
    #[default]
    Absent,
    /// The key is present, and `null`.
    Null,
    /// The key is present, and not `null`.
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

    /// The value, if there is one. Drops the difference between absent and `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the key is absent.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the key is present, and `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Presence<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

// The shape of an `Option` in an `Option`, which does not compile as a field: the outer one means
// absent, the inner one `null`.
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
