//! Reading events back: an object of values that have not been looked at yet, then one call per
//! field.
//!
//! The text of a record is scanned once, which finds where each value is; a value that holds others
//! is scanned again when it is asked for them.
//!
//! Nothing here repeats a value in an error: what is read may be sensitive.

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
/// lists two.
///
/// It is one limit for reading and for writing. An event with a value that is nested deeper is not
/// emitted, and is counted as refused; a record with such a value in a field does not read. A
/// record has its own object, and perhaps an envelope, around its values: all of it stays within
/// the 127 levels that `serde_json` and others read.
pub const MAX_DEPTH: u8 = 120;
