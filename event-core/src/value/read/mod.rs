//! Reading events back: first an object of unconverted values, then one call for each field.
//!
//! The text of a record is scanned once, which finds the position of each value. A value that
//! contains others is scanned again when they are requested.
//!
//! Errors never contain a value, because the input may be sensitive.

mod alternatives;
mod any;
mod error;
mod input;
mod number;
mod object;
mod plain;
mod scan;
mod text;
mod tokens;
pub(crate) mod variant;

pub use error::{ReadError, ReadErrorKind};
pub use input::Input;
pub use object::Object;
pub(crate) use scan::check_depth;
pub(crate) use text::unescaped;

/// How deep the value of an event's field may be nested: a list of numbers has one level, a list of
/// lists has two.
///
/// The limit is the same for reading and writing. An event with a value that is nested deeper is
/// not emitted, and counts as refused. A record with such a value in a field cannot be read. A
/// record's own object, and perhaps an envelope, are around its values: all levels together stay
/// within the 127 levels that `serde_json` and others read.
pub const MAX_DEPTH: u8 = 120;
