//! The values that a test may compare a field with.

use crate::value::encode::Encoder;
use crate::value::{EventValue, Presence, Secret, Str};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A value that a field of type `T` can be compared with: a value of that type; text, for texts,
/// addresses and secrets; for an optional field, the value itself or `None`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot be compared with `{Self}`",
    label = "not a value of this field",
    note = "write a value of the field's type, `Some(..)`, `None`, text for a field of text, or \
            `matching(|value| ..)`"
)]
pub trait Matches<T> {
    /// Whether `value` matches.
    fn matches(&self, value: &T) -> bool;

    /// The expected value as text, for messages.
    fn expected(&self) -> String;
}

/// `None` of any type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Absent;

/// `Some` of any expected value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Present<X>(pub X);

/// The result of [`matching`].
pub struct Matching<T, F> {
    is_expected: F,
    _value: PhantomData<fn(&T)>,
}

/// Expects a value for which the closure returns `true`. It works for fields of any type.
///
/// ```
/// use event_core::recorder::matching;
/// use event_core::{Recorder, assert_emitted, events};
///
/// events!(
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     #[event(info)]
///     pub struct OrderCreated {
///         pub items: u32,
///     }
/// );
///
/// # fn main() {
/// let ((), recorder) = Recorder::capture(|| emit_order_created(OrderCreated { items: 2 }));
/// assert_emitted!(recorder, OrderCreated { items: matching(|items| *items > 1) });
/// # }
/// ```
pub fn matching<T, F: Fn(&T) -> bool>(is_expected: F) -> Matching<T, F> {
    Matching { is_expected, _value: PhantomData }
}

impl<T, F> fmt::Debug for Matching<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("matching(..)")
    }
}

fn json<T: EventValue>(value: &T) -> String {
    let mut out = Encoder::new();
    value.encode(&mut out);
    String::from_utf8_lossy(out.bytes()).into_owned()
}

/// Compares values by their JSON, because not every value is `PartialEq`. The order of a map's keys
/// is ignored.
fn same<T: EventValue>(one: &T, other: &T) -> bool {
    // Absent and `null` are different values of a `Presence`, but JSON values cannot show the
    // difference.
    if one.is_none() != other.is_none() {
        return false;
    }
    let (one, other) = (json(one), json(other));
    one == other
        || matches!((parsed(&one), parsed(&other)), (Some(one), Some(other)) if one == other)
}

fn parsed(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

fn quoted(text: &str) -> String {
    let mut out = Encoder::new();
    out.text(text);
    String::from_utf8_lossy(out.bytes()).into_owned()
}

#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<T> for T {
    fn matches(&self, value: &T) -> bool {
        same(self, value)
    }

    fn expected(&self) -> String {
        json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<T> for &T {
    fn matches(&self, value: &T) -> bool {
        same(*self, value)
    }

    fn expected(&self) -> String {
        json(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<Option<T>> for T {
    fn matches(&self, value: &Option<T>) -> bool {
        value.as_ref().is_some_and(|value| same(self, value))
    }

    fn expected(&self) -> String {
        json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<Option<T>> for &T {
    fn matches(&self, value: &Option<T>) -> bool {
        value.as_ref().is_some_and(|value| same(*self, value))
    }

    fn expected(&self) -> String {
        json(*self)
    }
}

macro_rules! text {
    ($($expected:ty => $field:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Matches<$field> for $expected {
            fn matches(&self, value: &$field) -> bool {
                value.as_str() == &**self
            }

            fn expected(&self) -> String {
                quoted(self)
            }
        }
    )*};
}

text! {
    &str => Str<'_>,
    &str => String,
    String => Str<'_>,
    &String => Str<'_>,
    Str<'_> => String,
}

macro_rules! optional_text {
    ($($expected:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Matches<Option<Str<'_>>> for $expected {
            fn matches(&self, value: &Option<Str<'_>>) -> bool {
                value.as_ref().is_some_and(|value| value.as_str() == self.as_str())
            }

            fn expected(&self) -> String {
                quoted(self)
            }
        }
    )*};
}

optional_text! {
    String,
    &String,
}

macro_rules! addresses {
    ($($field:ty,)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Matches<$field> for &str {
            fn matches(&self, value: &$field) -> bool {
                self.parse().is_ok_and(|expected: $field| expected == *value)
            }

            fn expected(&self) -> String {
                quoted(self)
            }
        }
    )*};
}

addresses! {
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
}

#[diagnostic::do_not_recommend]
impl<T> Matches<Option<T>> for &str
where
    Self: Matches<T>,
{
    fn matches(&self, value: &Option<T>) -> bool {
        value.as_ref().is_some_and(|value| Matches::<T>::matches(self, value))
    }

    fn expected(&self) -> String {
        Matches::<T>::expected(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T, X: Matches<T>, const N: usize> Matches<Vec<T>> for [X; N] {
    fn matches(&self, value: &Vec<T>) -> bool {
        value.len() == N && self.iter().zip(value).all(|(expected, value)| expected.matches(value))
    }

    fn expected(&self) -> String {
        format!("[{}]", self.iter().map(Matches::expected).collect::<Vec<_>>().join(","))
    }
}

/// Compares with the value that is read back: the masked text.
#[diagnostic::do_not_recommend]
impl<T> Matches<Secret<T>> for &str
where
    Self: Matches<T>,
{
    fn matches(&self, value: &Secret<T>) -> bool {
        Matches::<T>::matches(self, value.expose())
    }

    fn expected(&self) -> String {
        Matches::<T>::expected(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Matches<Option<T>> for Absent {
    fn matches(&self, value: &Option<T>) -> bool {
        value.is_none()
    }

    fn expected(&self) -> String {
        "null".to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<T, X: Matches<T>> Matches<Option<T>> for Present<X> {
    fn matches(&self, value: &Option<T>) -> bool {
        value.as_ref().is_some_and(|value| self.0.matches(value))
    }

    fn expected(&self) -> String {
        self.0.expected()
    }
}

#[diagnostic::do_not_recommend]
impl<T, F: Fn(&T) -> bool> Matches<T> for Matching<T, F> {
    fn matches(&self, value: &T) -> bool {
        (self.is_expected)(value)
    }

    fn expected(&self) -> String {
        "a value that the closure accepts".to_owned()
    }
}

/// As `Some(..)` for an `Option`: the value itself, or text for a field of text.
#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<Presence<T>> for T {
    fn matches(&self, value: &Presence<T>) -> bool {
        value.value().is_some_and(|value| same(self, value))
    }

    fn expected(&self) -> String {
        json(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: EventValue> Matches<Presence<T>> for &T {
    fn matches(&self, value: &Presence<T>) -> bool {
        value.value().is_some_and(|value| same(*self, value))
    }

    fn expected(&self) -> String {
        json(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Matches<Presence<T>> for &str
where
    Self: Matches<T>,
{
    fn matches(&self, value: &Presence<T>) -> bool {
        value.value().is_some_and(|value| Matches::<T>::matches(self, value))
    }

    fn expected(&self) -> String {
        Matches::<T>::expected(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T, X: Matches<T>> Matches<Presence<T>> for Present<X> {
    fn matches(&self, value: &Presence<T>) -> bool {
        value.value().is_some_and(|value| self.0.matches(value))
    }

    fn expected(&self) -> String {
        self.0.expected()
    }
}

/// No value: the key is absent or `null`.
#[diagnostic::do_not_recommend]
impl<T> Matches<Presence<T>> for Absent {
    fn matches(&self, value: &Presence<T>) -> bool {
        value.value().is_none()
    }

    fn expected(&self) -> String {
        "absent or null".to_owned()
    }
}
