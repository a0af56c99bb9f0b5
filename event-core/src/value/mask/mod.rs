//! Masks: how sensitive values are written.
//!
//! A mask works on text and is total: it masks any Unicode text. It is applied during encoding, so
//! that no sink, no `Debug` output and no error contains the value itself.
//!
//! # Masking twice
//!
//! A masked value that is read back and emitted again is masked again, and stays the same: each
//! mask keeps text that has its [`Output`]. The exception is [`Hash`](enum@Hash), which hashes a
//! pseudonym again. It cannot recognize a pseudonym by its text: otherwise a caller could pass the
//! pseudonym of another person, and it would be written.

mod builtin;
mod hash;
mod masked;
mod network;
mod number;
mod output;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use builtin::{Email, REDACTED, Redact};
pub use hash::{Hash, HashKey, InvalidHashKey, set_hash_key};
pub use masked::Masked;
pub use network::Ip;
pub use number::{Card, Last4};
pub use output::{Output, output};

use crate::value::encode::Encoder;
use std::fmt;

/// A way to write text without disclosing it.
///
/// Your own mask is a type with this trait. In a declaration, write
/// `#[sensitive(custom = path::Iban)]`:
///
/// ```
/// use event_core::mask::{Mask, MaskWriter};
/// use event_core::value::{Encoder, Fields};
/// use event_core::{Str, events};
///
/// /// Shows the country of an IBAN.
/// pub enum Iban {}
///
/// impl Mask for Iban {
///     fn write(text: &str, out: &mut MaskWriter<'_>) {
///         match text.as_bytes() {
///             [a, b, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => out.show(&text[..2]),
///             _ => {}
///         }
///         out.show("**");
///     }
/// }
///
/// events!(
///     #[group]
///     pub struct Account<'a> {
///         #[sensitive(custom = Iban)]
///         pub iban: Str<'a>,
///     }
/// );
///
/// # fn main() {
/// let mut out = Encoder::new();
/// Account { iban: "DE02120300000000202051".into() }.encode_fields(&mut out);
/// assert_eq!(out.bytes(), br#","iban":"DE**""#);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a mask",
    label = "this type does not implement `Mask`",
    note = "implement `event_core::mask::Mask` for it, or use a built-in mask: `redact`, `email`, \
            `last4`, `card`, `hash`, `ip`"
)]
pub trait Mask {
    /// Writes the part of `text` that may be shown. It must not panic for any text: the event would
    /// be lost.
    fn write(text: &str, out: &mut MaskWriter<'_>);
}

/// The type in `#[sensitive(custom = ..)]`. Only generated code uses this trait: if the type is not
/// a mask, there is one error, at the type.
#[doc(hidden)]
pub trait OwnMask {
    /// The type itself.
    type Mask: Mask;
}

impl<M: Mask> OwnMask for M {
    type Mask = M;
}

/// Where a mask writes: inside one JSON string, which it cannot leave.
///
/// It also implements [`fmt::Write`], so that `write!(out, ..)` shows a value with `Display`.
///
/// ```
/// use event_core::mask::{Mask, MaskWriter, Masked};
/// use event_core::value::Encoder;
/// use event_core::Str;
///
/// enum Careless {}
///
/// impl Mask for Careless {
///     fn write(_: &str, out: &mut MaskWriter<'_>) {
///         out.show("\",\"admin\":true,\n");
///     }
/// }
///
/// let mut out = Encoder::new();
/// Masked::<Careless>::encode_masked(&Str::from("x"), &mut out);
/// assert_eq!(out.bytes(), br#""\",\"admin\":true,\n""#);
/// ```
pub struct MaskWriter<'a>(&'a mut Encoder);

impl<'a> MaskWriter<'a> {
    pub(super) const fn new(out: &'a mut Encoder) -> Self {
        Self(out)
    }

    /// Shows `text`, escaped.
    pub fn show(&mut self, text: &str) {
        self.0.escaped(text);
    }
}

impl fmt::Write for MaskWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.show(text);
        Ok(())
    }
}

impl fmt::Debug for MaskWriter<'_> {
    /// Does not show the written text, because it contains other fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskWriter")
    }
}
