//! `Debug` for declared types: what would be written, masked.

use super::EventValue;
use super::encode::{Encoder, Fields};
use std::fmt;

/// `Name {"field":..}`: what would be written, masked.
///
/// # Errors
///
/// Returns the error of the formatter.
pub fn debug(name: &str, fields: &dyn Fields, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = Encoder::new();
    out.object(fields);
    write!(f, "{name} {}", str::from_utf8(out.bytes()).unwrap_or_default())
}

/// `Name(..)`: what would be written, masked.
///
/// # Errors
///
/// Returns the error of the formatter.
pub fn debug_value<T: EventValue>(
    name: &str,
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut out = Encoder::new();
    value.encode(&mut out);
    write!(f, "{name}({})", str::from_utf8(out.bytes()).unwrap_or_default())
}
