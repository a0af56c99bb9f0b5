//! Writing JSON into a reused buffer.

use crate::value::EventValue;
use std::fmt;

/// A buffer that values are written into as JSON.
///
/// It is cleared, not dropped, between events: on the steady path nothing is allocated.
#[derive(Debug, Default)]
pub struct Encoder {
    bytes: Vec<u8>,
}

/// The members of an event, a group or a nested struct, written one after the other as `,"key":value`.
///
/// The macros implement it; an event's members are written through `&dyn Fields`, so that one copy of the emission path serves all events.
pub trait Fields {
    /// Writes every member, each with a comma before it.
    fn encode_fields(&self, out: &mut Encoder);
}

impl Encoder {
    /// An empty buffer.
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// What has been written.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How much has been written, in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Forgets what has been written and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Forgets what has been written after the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// Writes text that is JSON already.
    #[inline]
    pub fn json(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Writes bytes that are JSON already.
    #[inline]
    pub(crate) fn json_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes `null`.
    #[inline]
    pub fn null(&mut self) {
        self.json("null");
    }

    /// Writes a truth value.
    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.json(if value { "true" } else { "false" });
    }

    /// Writes a whole number.
    #[inline]
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.bytes.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes a number in the shortest form that reads back as the same one; `null` for one that is not finite.
    #[inline]
    pub fn float(&mut self, value: f64) {
        if value.is_finite() {
            self.bytes.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        } else {
            self.null();
        }
    }

    /// As [`Encoder::float`], in the shortest form for 32 bits.
    #[inline]
    pub fn float32(&mut self, value: f32) {
        if value.is_finite() {
            self.bytes.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        } else {
            self.null();
        }
    }

    /// Writes text as a JSON string, quoted and escaped.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.escaped(text);
        self.bytes.push(b'"');
    }

    /// Writes text escaped, without the quotes.
    #[inline]
    pub fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if is_plain(bytes) {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.escape(bytes);
        }
    }

    #[cold]
    fn escape(&mut self, bytes: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut from = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if byte >= b' ' && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.bytes.extend_from_slice(&bytes[from..at]);
            from = at + 1;
            match byte {
                b'"' => self.bytes.extend_from_slice(b"\\\""),
                b'\\' => self.bytes.extend_from_slice(b"\\\\"),
                b'\n' => self.bytes.extend_from_slice(b"\\n"),
                b'\r' => self.bytes.extend_from_slice(b"\\r"),
                b'\t' => self.bytes.extend_from_slice(b"\\t"),
                control => {
                    self.bytes.extend_from_slice(b"\\u00");
                    self.bytes.push(HEX[usize::from(control >> 4)]);
                    self.bytes.push(HEX[usize::from(control & 15)]);
                }
            }
        }
        self.bytes.extend_from_slice(&bytes[from..]);
    }

    /// Writes what `value` displays as a JSON string.
    pub fn display(&mut self, value: &dyn fmt::Display) {
        use fmt::Write as _;
        self.bytes.push(b'"');
        // Writing to memory cannot fail; a `Display` that fails all the same ends the text there.
        let _ = write!(Escaping(self), "{value}");
        self.bytes.push(b'"');
    }

    /// Writes what serde makes of `value`; `null` where it fails, so that the line stays JSON.
    pub fn serialize<T: serde::Serialize + ?Sized>(&mut self, value: &T) {
        let start = self.len();
        if serde_json::to_writer(&mut self.bytes, value).is_err() {
            self.truncate(start);
            self.null();
        }
    }

    /// Writes a list.
    pub fn list<'v, T: EventValue + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        self.list_with(items, T::encode);
    }

    /// Writes a list whose items `encode` writes.
    pub fn list_with<'v, T: 'v>(&mut self, items: impl IntoIterator<Item = &'v T>, encode: fn(&T, &mut Self)) {
        let start = self.len();
        for item in items {
            self.bytes.push(b',');
            encode(item, self);
        }
        self.close(start, b'[', b']');
    }

    /// Writes an object of any keys.
    pub fn map<'v, T: EventValue + 'v>(&mut self, entries: impl IntoIterator<Item = (&'v str, &'v T)>) {
        self.map_with(entries, T::encode);
    }

    /// Writes an object of any keys whose values `encode` writes.
    pub fn map_with<'v, T: 'v>(
        &mut self,
        entries: impl IntoIterator<Item = (&'v str, &'v T)>,
        encode: fn(&T, &mut Self),
    ) {
        let start = self.len();
        for (key, value) in entries {
            self.bytes.push(b',');
            self.text(key);
            self.bytes.push(b':');
            encode(value, self);
        }
        self.close(start, b'{', b'}');
    }

    /// Writes an object of declared fields.
    pub fn object(&mut self, fields: &dyn Fields) {
        self.object_with(|out| fields.encode_fields(out));
    }

    /// Writes an object whose members `write` writes, each with a comma before it.
    pub fn object_with(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.len();
        write(self);
        self.close(start, b'{', b'}');
    }

    /// Turns `,a,b` written since `start` into `[a,b]`.
    fn close(&mut self, start: usize, open: u8, close: u8) {
        if let Some(comma) = self.bytes.get_mut(start) {
            *comma = open;
        } else {
            self.bytes.push(open);
        }
        self.bytes.push(close);
    }
}

/// Escapes what is formatted into it.
struct Escaping<'a>(&'a mut Encoder);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escaped(text);
        Ok(())
    }
}

/// Whether the bytes stand in a JSON string as they are: no quote, no backslash, nothing below a space. Eight at a time.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    /// A byte's high bit is set where that byte of `word` is zero (and perhaps in a byte above such a one).
    const fn zero_bytes(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & HIGHS
    }
    let (words, rest) = bytes.as_chunks::<8>();
    let special = words.iter().fold(0, |special, word| {
        let word = u64::from_ne_bytes(*word);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        special | control | zero_bytes(word ^ (ONES * 0x22)) | zero_bytes(word ^ (ONES * 0x5c))
    });
    special == 0 && rest.iter().all(|&byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::{Encoder, is_plain};
    use proptest::prelude::*;

    fn json(text: &str) -> String {
        let mut out = Encoder::new();
        out.text(text);
        String::from_utf8(out.bytes).unwrap()
    }

    #[test]
    fn every_byte_in_every_place_is_seen() {
        for byte in 0..=255_u8 {
            for place in 0..17 {
                let mut bytes = [b'x'; 17];
                bytes[place] = byte;
                assert_eq!(is_plain(&bytes), byte >= b' ' && byte != b'"' && byte != b'\\', "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn text_reads_back(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&json(&text)).unwrap(), text);
        }

        #[test]
        fn text_is_one_line(text in "[\\x00-\\x1f\"\\\\a-z]*") {
            prop_assert!(json(&text).chars().all(|c| !c.is_control()));
            prop_assert_eq!(serde_json::from_str::<String>(&json(&text)).unwrap(), text);
        }

        #[test]
        fn floats_read_back(value in any::<f64>()) {
            let mut out = Encoder::new();
            out.float(value);
            let json = str::from_utf8(&out.bytes).unwrap();
            let read = <f64 as crate::EventValue>::read(crate::read::Input::parse(json).unwrap()).unwrap();
            prop_assert!(read.to_bits() == value.to_bits() || !value.is_finite() && read.is_nan());
        }
    }
}
