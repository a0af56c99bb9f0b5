//! How sensitive values are written.
//!
//! A mask works on text and is total: any Unicode text gives a masked one. It is applied while encoding, so no sink, no `Debug` output and no error has the
//! value itself.

use crate::encode::Encoder;
use crate::read::{Input, Object, ReadError};
use crate::shape::{Shape, TextFormat};
use crate::value::{EventValue, Secret, Str};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;

/// What stands for a value of which nothing may be shown.
pub const REDACTED: &str = "[redacted]";

/// A way to write text without giving it away.
pub trait Mask {
    /// Writes what may be seen of `text`, escaped, without quotes.
    fn write(text: &str, out: &mut Encoder);
}

/// Shows nothing: `[redacted]`.
#[derive(Debug)]
pub enum Redact {}

/// Shows the first letter and the domain: `a***@example.com`; `***` for what is not an address.
#[derive(Debug)]
pub enum Email {}

/// Shows the last four letters or digits: `****4242`; none of them where there are fewer than eight.
#[derive(Debug)]
pub enum Last4 {}

/// Shows a hash that is equal for equal values within one process: its key is drawn when the process starts.
#[derive(Debug)]
pub enum Hash {}

/// Shows the network: `203.0.113.0`, `2001:db8:1::`; `[redacted]` for what is not an address.
#[derive(Debug)]
pub enum Ip {}

impl Mask for Redact {
    fn write(_: &str, out: &mut Encoder) {
        out.json(REDACTED);
    }
}

impl Mask for Email {
    fn write(text: &str, out: &mut Encoder) {
        let Some((local, domain)) = text.rsplit_once('@') else { return out.json("***") };
        if let Some(first) = local.chars().next().filter(|first| first.is_alphanumeric()) {
            out.escaped(first.encode_utf8(&mut [0; 4]));
        }
        out.json("***");
        // A sentence with an `@` in it is not an address; what follows may be anything.
        let is_host = |host: &str| host.split('.').all(|label| !label.is_empty() && label.chars().all(is_label_char));
        if is_host(domain) {
            out.json("@");
            out.escaped(domain);
        }
    }
}

fn is_label_char(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

impl Mask for Last4 {
    fn write(text: &str, out: &mut Encoder) {
        const SHOWN: usize = 4;
        out.json("****");
        // From the end: the last four, and whether there are as many again before them.
        let mut last = text.chars().rev().filter(|c| c.is_alphanumeric());
        let shown: [Option<char>; SHOWN] = std::array::from_fn(|_| last.next());
        if last.take(SHOWN).count() == SHOWN {
            for c in shown.iter().rev().flatten() {
                out.escaped(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

impl Mask for Hash {
    fn write(text: &str, out: &mut Encoder) {
        static KEY: OnceLock<std::hash::RandomState> = OnceLock::new();
        let hash = KEY.get_or_init(std::hash::RandomState::new).hash_one(text);
        out.displayed(&format_args!("hash:{hash:016x}"));
    }
}

impl Mask for Ip {
    fn write(text: &str, out: &mut Encoder) {
        match text.trim().parse::<IpAddr>() {
            Ok(address) => out.displayed(&network(address)),
            Err(_) => out.json(REDACTED),
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(network_v4(v4)),
        IpAddr::V6(v6) => IpAddr::V6(network_v6(v6)),
    }
}

/// The /24 of an IPv4 address.
fn network_v4(address: Ipv4Addr) -> Ipv4Addr {
    let [a, b, c, _] = address.octets();
    Ipv4Addr::new(a, b, c, 0)
}

/// The /48 of an IPv6 address: what a site is given.
fn network_v6(address: Ipv6Addr) -> Ipv6Addr {
    let [a, b, c, ..] = address.segments();
    Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)
}

/// A value that can be written under the mask `M`, and read back as it was written.
#[diagnostic::on_unimplemented(
    message = "the mask `{M}` does not fit `{Self}`",
    label = "this type cannot be masked so",
    note = "`redact`, `email`, `last4` and `hash` write text: they fit `Str<'a>`, `String`, `Secret` of them, and `Option`, `Vec` and maps of them; `ip` fits IP addresses too",
    note = "any other type can be left out: `#[sensitive(drop)]` on an `Option`"
)]
pub trait Masked<M>: Sized {
    /// The JSON form, masked.
    const SHAPE: &'static Shape;

    /// Writes the masked value.
    fn encode_masked(&self, out: &mut Encoder);

    /// Reads a masked value.
    ///
    /// # Errors
    ///
    /// When the input is not of the form.
    fn read_masked(input: Input<'_>) -> Result<Self, ReadError>;

    /// The value that stands for a missing one, if there is such a value.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether this is a `None`.
    fn is_none(&self) -> bool {
        false
    }

    /// Writes the masked value as a member; `key` is `,"name":`.
    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.json(key);
        self.encode_masked(out);
    }

    /// Writes the masked value as a member, or nothing for a `None`.
    fn encode_some(&self, key: &'static str, out: &mut Encoder) {
        if !self.is_none() {
            self.encode_field(key, out);
        }
    }

    /// Reads the masked member `name`, or one of its aliases. Where that is missing, stands there twice, or is not of the form, the object keeps the error.
    fn read_field(object: &mut Object<'_>, name: &str, aliases: &[&str]) -> Option<Self> {
        object.field(name, aliases, Self::read_masked, Self::absent)
    }

    /// Reads the masked member `name`, or one of its aliases; the default where it is missing.
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
    M::write(text, out);
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
    ($($ty:ident, $network:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Masked<Ip> for $ty {
            const SHAPE: &'static Shape = <Self as EventValue>::SHAPE;

            fn encode_masked(&self, out: &mut Encoder) {
                out.display(&$network(*self));
            }

            fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
                Self::read(input)
            }
        }
    )*};
}

addresses! {
    IpAddr, network;
    Ipv4Addr, network_v4;
    Ipv6Addr, network_v6;
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
    const SHAPE: &'static Shape = &Shape::Optional(T::SHAPE);

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
impl<M, T: Masked<M>> Masked<M> for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

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
    const SHAPE: &'static Shape = &Shape::Map(T::SHAPE);

    fn encode_masked(&self, out: &mut Encoder) {
        out.map_with(self.iter().map(|(key, value)| (key.as_str(), value)), T::encode_masked);
    }

    fn read_masked(input: Input<'_>) -> Result<Self, ReadError> {
        let read = |(key, value): (String, Input<'_>)| match T::read_masked(value) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.in_field(&key)),
        };
        input.object()?.into_members().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked<M: Mask>(text: &str) -> String {
        let mut out = Encoder::new();
        Masked::<M>::encode_masked(&Str::from(text), &mut out);
        serde_json::from_slice(out.bytes()).unwrap()
    }

    #[test]
    fn email_keeps_a_letter_and_the_domain() {
        let cases = [
            ("ada@example.com", "a***@example.com"),
            ("@example.com", "***@example.com"),
            ("\"a@b\"@x", "***@x"),
            ("123", "***"),
            ("", "***"),
            ("ada@", "a***"),
            ("call me @ my number 555", "c***"),
            ("e\u{301}va@exämple.de", "e***@exämple.de"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked::<Email>(text), expected, "{text}");
        }
    }

    #[test]
    fn last4_shows_nothing_of_a_short_number() {
        let cases = [
            ("4242 4242 4242 4242", "****4242"),
            ("123", "****"),
            ("1234567", "****"),
            ("12345678", "****5678"),
            ("", "****"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked::<Last4>(text), expected, "{text}");
        }
    }

    #[test]
    fn ip_shows_the_network() {
        let cases = [
            ("203.0.113.77", "203.0.113.0"),
            ("2001:db8:1:2::77", "2001:db8:1::"),
            ("::ffff:203.0.113.77", "203.0.113.0"),
            ("203.0.113.77, 10.0.0.1", REDACTED),
            ("", REDACTED),
        ];
        for (text, expected) in cases {
            assert_eq!(masked::<Ip>(text), expected, "{text}");
        }
    }

    #[test]
    fn hash_is_equal_for_equal_values_only() {
        assert_eq!(masked::<Hash>("ada"), masked::<Hash>("ada"));
        assert_ne!(masked::<Hash>("ada"), masked::<Hash>("bob"));
    }

    proptest! {
        #[test]
        fn masks_are_total_and_show_little(text in any::<String>()) {
            prop_assert_eq!(masked::<Redact>(&text), REDACTED);
            prop_assert!(masked::<Last4>(&text).chars().count() <= 8);
            let email = masked::<Email>(&text);
            prop_assert!(email.split("***").next().unwrap().chars().count() <= 1);
            masked::<Hash>(&text);
            masked::<Ip>(&text);
        }
    }
}
