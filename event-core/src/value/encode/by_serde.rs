//! Writing by serde, limited to the nesting that a reader accepts.

use super::encoder::Encoder;
use super::sorted;
use crate::value::buffer::Buffer;
use crate::value::read::{MAX_DEPTH, check_depth};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io;

/// Why serde did not write a value.
enum Failed {
    /// The value is nested too deep.
    TooDeep,
    /// The value's `Serialize` returned an error.
    ByItself,
}

/// Writes `value`, which is inside `depth` other values.
fn write<T: Serialize + ?Sized>(value: &T, depth: u8, out: &mut Buffer) -> Result<(), Failed> {
    let mut serializer = Serializer::with_formatter(out, Levels { left: MAX_DEPTH - depth });
    // Writing to memory does not fail, so an I/O error comes from the formatter.
    let failed =
        |error: serde_json::Error| if error.is_io() { Failed::TooDeep } else { Failed::ByItself };
    value.serialize(&mut serializer).map_err(failed)
}

impl Encoder {
    /// Writes `value` by serde. If its `Serialize` fails, or if it is nested too deep, writes
    /// `null`, so that the line is still JSON, and refuses the event.
    pub fn serialize<T: Serialize + ?Sized>(&mut self, value: &T) {
        let start = self.len();
        let Err(failed) = write(value, self.depth, &mut self.bytes) else {
            if sorted::is_on() {
                self.sort_since(start);
            }
            return;
        };
        self.truncate(start);
        match failed {
            Failed::TooDeep => self.too_deep(),
            Failed::ByItself => {
                self.unwritable();
                self.null();
            }
        }
    }

    /// The JSON of `value`, separate from this buffer, because it will be masked. Refuses the event
    /// as [`Encoder::serialize`] does.
    pub(crate) fn json_of<T: Serialize + ?Sized>(&mut self, value: &T) -> String {
        let mut apart = Self::new();
        (apart.depth, apart.key) = (self.depth, self.key);
        apart.serialize(value);
        if let Some(refusal) = apart.refusal() {
            self.refuse_as(refusal);
        }
        String::from_utf8_lossy(apart.bytes()).into_owned()
    }
}

/// Counts the levels of nesting, and stops before the stack overflows.
struct Levels {
    left: u8,
}

impl Levels {
    fn enter(&mut self) -> io::Result<()> {
        self.left = self.left.checked_sub(1).ok_or(io::ErrorKind::InvalidData)?;
        Ok(())
    }
}

impl Formatter for Levels {
    fn begin_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.enter()?;
        out.write_all(b"[")
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.left += 1;
        out.write_all(b"]")
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.enter()?;
        out.write_all(b"{")
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.left += 1;
        out.write_all(b"}")
    }

    /// Writes a value that is already JSON text: serde's `RawValue`.
    fn write_raw_fragment<W: io::Write + ?Sized>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        check_depth(fragment, self.left.into()).map_err(|_| io::ErrorKind::InvalidData)?;
        out.write_all(fragment.as_bytes())
    }
}
