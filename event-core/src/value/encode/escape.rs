//! Text in a JSON string: plain runs are copied, and the characters between them are escaped.

use super::Encoder;
use crate::value::buffer::plain_len;
use std::fmt;

impl Encoder {
    /// Writes text escaped, without the quotes.
    pub fn escaped(&mut self, text: &str) {
        let text = text.as_bytes();
        let plain = plain_len(text);
        self.bytes.extend(&text[..plain]);
        if plain < text.len() {
            self.escape(&text[plain..]);
        }
    }

    /// Writes text whose first byte needs an escape.
    #[cold]
    fn escape(&mut self, mut text: &[u8]) {
        while let Some((&special, rest)) = text.split_first() {
            self.escape_byte(special);
            let plain = plain_len(rest);
            self.bytes.extend_short(&rest[..plain], b"");
            text = &rest[plain..];
        }
    }

    fn escape_byte(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        match byte {
            b'"' => self.bytes.extend(b"\\\""),
            b'\\' => self.bytes.extend(b"\\\\"),
            b'\n' => self.bytes.extend(b"\\n"),
            b'\r' => self.bytes.extend(b"\\r"),
            b'\t' => self.bytes.extend(b"\\t"),
            control => {
                let digits = [HEX[usize::from(control >> 4)], HEX[usize::from(control & 15)]];
                self.bytes.extend(&[b'\\', b'u', b'0', b'0', digits[0], digits[1]]);
            }
        }
    }
    /// Writes the `Display` text of `value` as a JSON string.
    pub fn display(&mut self, value: &dyn fmt::Display) {
        self.bytes.push(b'"');
        self.displayed(value);
        self.bytes.push(b'"');
    }

    /// Writes the `Display` text of `value` escaped, without the quotes.
    pub(crate) fn displayed(&mut self, value: &dyn fmt::Display) {
        use fmt::Write as _;
        // Writing to memory does not fail, so an error comes from the value.
        if write!(Escaping(self), "{value}").is_err() {
            self.unwritable();
        }
    }
}

/// Escapes the text that is formatted into it.
struct Escaping<'a>(&'a mut Encoder);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escaped(text);
        Ok(())
    }
}
