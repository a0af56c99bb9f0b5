//! Values that a mask can be applied to: text, types made of text, and IP addresses under [`Ip`].

use super::network::{Ip, Network};
use super::{Mask, MaskWriter};
use crate::model::shape::{Shape, TextFormat};
use crate::value::encode::Encoder;
use crate::value::read::{Input, Object, ReadError};
use crate::value::{EventValue, Presence, Secret, Str};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A value that can be written under the mask `M`, and whose masked form can be read back.
#[diagnostic::on_unimplemented(
    message = "the mask `{M}` does not fit `{Self}`",
    label = "this mask cannot be applied to this type",
    note = "masks write text: they can be applied to `Str<'a>`, `String`, `Secret` of them, and \
            `Option`, `Vec` and maps of them; `ip` to IP addresses too",
    note = "any other type can be left out: `#[sensitive(drop)]` on an `Option`"
)]
pub trait Masked<M>: Sized {
    /// The JSON shape, masked.
    const SHAPE: &'static Shape;

    /// Writes the masked value.
    fn encode_masked(&self, out: &mut Encoder);

    /// Reads a masked value.
    ///
    /// # Errors
    ///
    /// Returns an error if the input does not have the shape.
    fn read_masked(input: Input<'_>) -> Result<Self, ReadError>;

    /// The value that replaces a missing one, if there is such a value.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this is a `None`.
    fn is_none(&self) -> bool {
        false
    }

    /// Writes the masked value as a member; `key` is `,"name":`.
    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.key(key);
        self.encode_masked(out);
    }

    /// Writes the masked value as a member. Writes nothing for `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_none() {
            self.encode_field(key, out);
        }
    }

    /// Reads the masked member `name`, or one of its aliases. If the member is missing, occurs
    /// twice or is invalid, the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read_masked, Self::absent)
    }

    /// Reads the masked member `name`, or one of its aliases. Returns the default if the member is
    /// missing.
    fn read_field_or_default(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self>
    where
        Self: Default,
    {
        object.field(name, aliases, Self::read_masked, || Some(Self::default()))
    }
}

const MASKED_TEXT: &Shape = &Shape::Text(TextFormat::Plain);

fn encode_text<M: Mask>(text: &str, out: &mut Encoder) {
    out.json("\"");
    M::write(text, &mut MaskWriter::new(out));
    out.json("\"");
}

#[diagnostic::do_not_recommend]
impl<M: Mask> Masked<M> for Str<'_> {
    const SHAPE: &'static Shape = MASKED_TEXT;

    fn encode_masked(&self, out: &mut Encoder) {
        encode_text::<M>(self, out);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        Self::read(input)
    }
}

#[diagnostic::do_not_recommend]
impl<M: Mask> Masked<M> for String {
    const SHAPE: &'static Shape = MASKED_TEXT;

    fn encode_masked(&self, out: &mut Encoder) {
        encode_text::<M>(self, out);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        Self::read(input)
    }
}

macro_rules! addresses {
    ($($ty:ident, $first:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Masked<Ip> for $ty {
            const SHAPE: &'static Shape = <Self as EventValue>::SHAPE;

            fn encode_masked(&self, out: &mut Encoder) {
                out.display(&Network::of(*self));
            }

            /// Reads a network as its first address. Earlier versions wrote the address alone.
            fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
                let network = input.text().ok().and_then(|text| Network::parse(&text));
                network.map(Network::address).and_then($first).map_or_else(|| Self::read(input), Ok)
            }
        }
    )*};
}

addresses! {
    IpAddr, Some;
    Ipv4Addr, |address| match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    };
    Ipv6Addr, |address| match address {
        // A mapped address is written as an IPv4 network.
        IpAddr::V4(address) => Some(address.to_ipv6_mapped()),
        IpAddr::V6(address) => Some(address),
    };
}

#[diagnostic::do_not_recommend]
impl<M, T: Masked<M>> Masked<M> for Secret<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn encode_masked(&self, out: &mut Encoder) {
        self.expose().encode_masked(out);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        T::read_masked(input).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn is_none(&self) -> bool {
        self.expose().is_none()
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: Masked<M>> Masked<M> for Option<T> {
    const SHAPE: &'static Shape = &Shape::Optional(T::SHAPE.not_optional());

    fn encode_masked(&self, out: &mut Encoder) {
        match self {
            Some(value) => value.encode_masked(out),
            None => out.null(),
        }
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(None) } else { T::read_masked(input).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_none(&self) -> bool {
        Option::is_none(self)
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: Masked<M>> Masked<M> for Presence<T> {
    const SHAPE: &'static Shape = &Shape::Optional(&Shape::Optional(T::SHAPE.not_optional()));

    fn encode_masked(&self, out: &mut Encoder) {
        match self {
            Self::Value(value) => value.encode_masked(out),
            Self::Absent | Self::Null => out.null(),
        }
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_absent() {
            out.key(key);
            self.encode_masked(out);
        }
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        if input.is_null() { Ok(Self::Null) } else { T::read_masked(input).map(Self::Value) }
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn is_none(&self) -> bool {
        self.is_absent()
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: Masked<M>> Masked<M> for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE.without_a_key());

    fn encode_masked(&self, out: &mut Encoder) {
        out.list_with(self, T::encode_masked);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        let read = |(at, item)| T::read_masked(item).map_err(|error| error.in_item(at));
        input.list()?.into_iter().enumerate().map(read).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<M, T: Masked<M>> Masked<M> for BTreeMap<String, T> {
    const SHAPE: &'static Shape = &Shape::Map(T::SHAPE.without_a_key());

    fn encode_masked(&self, out: &mut Encoder) {
        out.map_with(self.iter().map(|(key, value)| (key.as_str(), value)), T::encode_masked);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        let read = |(key, value): (String, Input<'_>)| match T::read_masked(value) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.in_hidden_key()),
        };
        let object = input.object().map_err(ReadError::without_its_key)?;
        object.into_members().map(read).collect()
    }
}
