//! The two ids of W3C Trace Context (Recommendation of 2021-11-23, §3.2.2.3 and §3.2.2.4).

use crate::context::random;
use crate::value::encode::Encoder;
use std::fmt;
use std::num::{NonZeroU64, NonZeroU128};

/// The id of a trace: 16 bytes, not all zero, written as 32 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceId(NonZeroU128);

/// The id of a span within a trace: 8 bytes, not all zero, written as 16 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanId(NonZeroU64);

impl TraceId {
    /// A new random id.
    pub fn random() -> Self {
        let id = u128::from(random::u64()) << 64 | u128::from(random::u64());
        Self(NonZeroU128::new(id).unwrap_or(NonZeroU128::MAX))
    }

    /// Converts a number. `None` for zero, which the specification forbids.
    pub const fn from_u128(id: u128) -> Option<Self> {
        match NonZeroU128::new(id) {
            Some(id) => Some(Self(id)),
            None => None,
        }
    }

    /// The id as a big-endian number.
    pub const fn as_u128(self) -> u128 {
        self.0.get()
    }

    /// Parses 32 lowercase hex digits, not all zero.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32).then(|| hex(text)).flatten().and_then(Self::from_u128)
    }

    pub(crate) fn encode_text(self, out: &mut Encoder) {
        out.json("\"");
        out.json_bytes(&digits::<32>(self.as_u128()));
        out.json("\"");
    }
}

impl SpanId {
    /// A new random id.
    pub fn random() -> Self {
        Self(NonZeroU64::new(random::u64()).unwrap_or(NonZeroU64::MAX))
    }

    /// Converts a number. `None` for zero, which the specification forbids.
    pub const fn from_u64(id: u64) -> Option<Self> {
        match NonZeroU64::new(id) {
            Some(id) => Some(Self(id)),
            None => None,
        }
    }

    /// The id as a big-endian number.
    pub const fn as_u64(self) -> u64 {
        self.0.get()
    }

    /// Parses 16 lowercase hex digits, not all zero.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 16)
            .then(|| hex(text))
            .flatten()
            .and_then(|id| u64::try_from(id).ok())
            .and_then(Self::from_u64)
    }

    pub(crate) fn encode_text(self, out: &mut Encoder) {
        out.json("\"");
        out.json_bytes(&digits::<16>(self.as_u64().into()));
        out.json("\"");
    }
}

/// The last `N` lowercase hex digits of a number. The formatting of `std` would be a large part of
/// the cost of a record with a trace source.
fn digits<const N: usize>(number: u128) -> [u8; N] {
    let mut rest = number;
    let mut text = [b'0'; N];
    for digit in text.iter_mut().rev() {
        *digit = b"0123456789abcdef"[(rest & 15) as usize];
        rest >>= 4;
    }
    text
}

/// Parses lowercase hex digits.
pub(super) fn hex(text: &str) -> Option<u128> {
    let lowercase = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    lowercase.then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

macro_rules! texts {
    ($($ty:ident, $format:literal;)*) => {$(
        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $format, self.0)
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($ty), "({})"), self)
            }
        }
    )*};
}

texts! {
    TraceId, "{:032x}";
    SpanId, "{:016x}";
}

#[cfg(test)]
mod tests {
    use super::{SpanId, TraceId};
    use crate::value::encode::Encoder;
    use proptest::prelude::*;

    #[test]
    fn what_the_specification_forbids_is_refused() {
        for wrong in [
            "",
            "00000000000000000000000000000000",
            "4BF92F3577B34DA6A3CE929D0E0E4736",
            "4bf92f3577b34da6a3ce929d0e0e473",
            "4bf92f3577b34da6a3ce929d0e0e4736 ",
            "+bf92f3577b34da6a3ce929d0e0e4736",
            "not-hex",
        ] {
            assert_eq!(TraceId::parse(wrong), None, "{wrong}");
        }
        for wrong in ["", "0000000000000000", "00F067AA0BA902B7", "+0f067aa0ba902b7"] {
            assert_eq!(SpanId::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn text_reads_back(trace in 1..u128::MAX, span in 1..u64::MAX) {
            let (trace, span) = (TraceId::from_u128(trace), SpanId::from_u64(span));
            prop_assert_eq!(TraceId::parse(&trace.unwrap().to_string()), trace);
            prop_assert_eq!(SpanId::parse(&span.unwrap().to_string()), span);
            let mut out = Encoder::new();
            trace.unwrap().encode_text(&mut out);
            span.unwrap().encode_text(&mut out);
            let displayed = format!("\"{}\"\"{}\"", trace.unwrap(), span.unwrap());
            prop_assert_eq!(out.bytes(), displayed.as_bytes());
        }
    }
}
