//! Foreign types under a mask: the output of serde is masked as a whole, and is text.

use crate::model::shape::Shape;
use crate::value::encode::Encoder;
use crate::value::mask::{Hash, Mask, Masked, Redact};
use crate::value::read::{Input, Object, ReadError};
use serde::Serialize;

/// A mask that can hide the whole value of an opaque field.
pub trait WholeMask: Mask {
    /// The text that the mask gets for `value`.
    fn text<T: Serialize>(value: &T, out: &mut Encoder) -> String;
}

impl WholeMask for Redact {
    /// Empty: a redacted value is not even encoded.
    fn text<T: Serialize>(_: &T, _: &mut Encoder) -> String {
        String::new()
    }
}

impl WholeMask for Hash {
    /// The JSON with sorted object keys, so that equal maps have equal pseudonyms, whatever their
    /// iteration order.
    fn text<T: Serialize>(value: &T, out: &mut Encoder) -> String {
        let json = out.json_of(value);
        let mut sorted = String::with_capacity(json.len());
        match Input::parse(&json).and_then(|input| sort(input, &mut sorted)) {
            Ok(()) => sorted,
            // A key occurs twice, so the keys cannot be sorted.
            Err(_) => json,
        }
    }
}

fn sort(input: Input<'_>, out: &mut String) -> Result<(), ReadError> {
    if input.json().starts_with('{') {
        let mut members: Vec<_> = input.object()?.into_members().collect();
        members.sort_by(|(a, _), (b, _)| a.cmp(b));
        out.push('{');
        for (at, (key, value)) in members.into_iter().enumerate() {
            let mut quoted = Encoder::new();
            quoted.text(&key);
            out.push_str(if at > 0 { "," } else { "" });
            out.push_str(str::from_utf8(quoted.bytes()).unwrap_or_default());
            out.push(':');
            sort(value, out)?;
        }
        out.push('}');
    } else if input.json().starts_with('[') {
        out.push('[');
        for (at, item) in input.list()?.into_iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            sort(item, out)?;
        }
        out.push(']');
    } else {
        out.push_str(input.json());
    }
    Ok(())
}

/// Distinguishes an opaque field that is always present from an `Option`: both are `Serialize`.
#[derive(Debug)]
pub enum Always {}
/// See [`Always`].
#[derive(Debug)]
pub enum OrNone {}

/// An opaque field under the mask `M`, which hides the whole value. The value cannot be read back:
/// a reader gets `None`, or the type's `Default`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an opaque field under a mask",
    label = "what it holds is not `Serialize`, or it has no `Default`",
    note = "a masked value is not read back: hold it in an `Option`, which reads as `None`, or \
            give its type a `Default`"
)]
pub trait MaskedWhole<M, Kind>: Sized {
    /// The JSON shape, masked.
    const SHAPE: &'static Shape;

    /// Writes the masked value as a member; `key` is `,"name":`.
    fn encode_field(&self, key: &'static str, out: &mut Encoder);

    /// Writes the masked value as a member. Writes nothing for `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder);

    /// Reads the masked member `name`, or one of its aliases. The object keeps an error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>;
}

fn encode<M: WholeMask, T: Serialize>(value: &T, key: &'static str, out: &mut Encoder) {
    out.key(key);
    let text = M::text(value, out);
    Masked::<M>::encode_masked(&text, out);
}

/// Checks masked text, and discards it.
fn read<M: WholeMask, T: Default>(input: Input<'_>) -> Result<T, ReadError> {
    <String as Masked<M>>::read_masked(input).map(|_| T::default())
}

#[diagnostic::do_not_recommend]
impl<M: WholeMask, T: Serialize + Default> MaskedWhole<M, Always> for T {
    const SHAPE: &'static Shape = <String as Masked<M>>::SHAPE;

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        encode::<M, T>(self, key, out);
    }

    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        encode::<M, T>(self, key, out);
    }

    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, read::<M, T>, || None)
    }
}

#[diagnostic::do_not_recommend]
impl<M: WholeMask, T: Serialize> MaskedWhole<M, OrNone> for Option<T> {
    const SHAPE: &'static Shape = &Shape::Optional(<String as Masked<M>>::SHAPE);

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        match self {
            Some(value) => encode::<M, T>(value, key, out),
            None => {
                out.key(key);
                out.null();
            }
        }
    }

    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if let Some(value) = self {
            encode::<M, T>(value, key, out);
        }
    }

    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        let read =
            |input: Input<'_>| if input.is_null() { Ok(None) } else { read::<M, Self>(input) };
        object.field(name, aliases, read, || Some(None))
    }
}
