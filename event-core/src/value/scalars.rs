//! Booleans, numbers, characters, addresses, and arbitrary JSON.

use super::EventValue;
use crate::model::shape::{Shape, TextFormat};
use crate::value::encode::Encoder;
use crate::value::read::{Input, ReadError, ReadErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[diagnostic::do_not_recommend]
impl EventValue for bool {
    const SHAPE: &'static Shape = &Shape::Bool;

    fn encode(&self, out: &mut Encoder) {
        out.bool(*self);
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.short_member(key, if *self { b"true" } else { b"false" });
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.truth()
    }
}

macro_rules! integers {
    ($($int:ident: $words:literal),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl EventValue for $int {
            #[allow(
                clippy::cast_lossless,
                clippy::cast_sign_loss,
                clippy::cast_possible_wrap,
                reason = "MIN fits an i64 and MAX a u64 for every integer of at most 64 bits"
            )]
            const SHAPE: &'static Shape = &Shape::Integer { min: $int::MIN as i64, max: $int::MAX as u64 };

            fn encode(&self, out: &mut Encoder) {
                out.integer(*self);
            }

            // One call for key and value. It is compiled here, not in each crate that declares
            // events.
            fn encode_field(&self, key: &'static str, out: &mut Encoder) {
                out.integer_member(key, *self);
            }

            fn read(input: Input<'_>) -> Result<Self, ReadError> {
                input.integer($words)
            }
        }
    )*};
}

integers! {
    u8: "an integer of 0..=255",
    u16: "an integer of 16 bits",
    u32: "an integer of 32 bits",
    u64: "an integer of 64 bits, not negative",
    usize: "an integer of 64 bits, not negative",
    i8: "an integer of -128..=127",
    i16: "an integer of 16 bits",
    i32: "an integer of 32 bits",
    i64: "an integer of 64 bits",
    isize: "an integer of 64 bits",
}

#[diagnostic::do_not_recommend]
impl EventValue for f64 {
    const SHAPE: &'static Shape = &Shape::Float;

    fn encode(&self, out: &mut Encoder) {
        out.float(*self);
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.float_member(key, *self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.float()
    }
}

#[diagnostic::do_not_recommend]
impl EventValue for f32 {
    const SHAPE: &'static Shape = &Shape::Float;

    fn encode(&self, out: &mut Encoder) {
        out.float32(*self);
    }

    fn encode_field(&self, key: &'static str, out: &mut Encoder) {
        out.float32_member(key, *self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.float()
    }
}

#[diagnostic::do_not_recommend]
impl EventValue for char {
    const SHAPE: &'static Shape = &Shape::Text(TextFormat::Char);

    fn encode(&self, out: &mut Encoder) {
        out.text(self.encode_utf8(&mut [0; 4]));
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        let text = input.text()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(ReadError::new(ReadErrorKind::Malformed { expected: "one character" })),
        }
    }
}

macro_rules! addresses {
    ($($ty:ident, $format:ident, $words:literal;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl EventValue for $ty {
            const SHAPE: &'static Shape = &Shape::Text(TextFormat::$format);

            fn encode(&self, out: &mut Encoder) {
                out.display(self);
            }

            fn read(input: Input<'_>) -> Result<Self, ReadError> {
                input.text()?.parse().map_err(|_| ReadError::new(ReadErrorKind::Malformed { expected: $words }))
            }
        }
    )*};
}

addresses! {
    IpAddr, Ip, "an IP address";
    Ipv4Addr, Ipv4, "an IPv4 address";
    Ipv6Addr, Ipv6, "an IPv6 address";
}

#[diagnostic::do_not_recommend]
impl EventValue for serde_json::Value {
    const SHAPE: &'static Shape = &Shape::Any;

    fn encode(&self, out: &mut Encoder) {
        out.serialize(self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        input.any()
    }
}
