//! OTLP/JSON: keys in lower camel case, 64-bit integers as texts, ids as hex digits (OTLP 1.7, JSON
//! Protobuf Encoding).

use super::field::Field;
use super::wire::{SPARE, Wire};
use std::io::Write as _;

/// Writes JSON without spaces and line breaks.
#[derive(Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// Writes a comma, unless what follows is the first of its object or list.
    fn separate(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[')) {
            self.0.push(b',');
        }
    }

    fn key(&mut self, field: Field) {
        self.separate();
        self.0.push(b'"');
        self.0.extend_from_slice(field.name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    fn write(&mut self, field: Field, value: std::fmt::Arguments<'_>) {
        self.key(field);
        // Writing to memory does not fail.
        let _ = self.0.write_fmt(value);
    }

    fn within(&mut self, brackets: [u8; 2], write: impl FnOnce(&mut Self)) {
        self.0.push(brackets[0]);
        write(self);
        self.0.push(brackets[1]);
    }
}

impl Wire for Json {
    fn text(&mut self, field: Field, value: &str) {
        self.key(field);
        // Writing a text to memory does not fail.
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn id(&mut self, field: Field, value: &[u8]) {
        self.write(field, format_args!("\""));
        for byte in value {
            let _ = write!(self.0, "{byte:02x}");
        }
        self.0.push(b'"');
    }

    fn bool(&mut self, field: Field, value: bool) {
        self.write(field, format_args!("{value}"));
    }

    fn int(&mut self, field: Field, value: i64) {
        self.write(field, format_args!("\"{value}\""));
    }

    fn double(&mut self, field: Field, value: f64) {
        // `Debug` has an exponent where `Display` would write hundreds of zeros.
        self.write(field, format_args!("{value:?}"));
    }

    fn fixed(&mut self, field: Field, value: u64) {
        self.write(field, format_args!("\"{value}\""));
    }

    fn number(&mut self, field: Field, value: u8) {
        self.write(field, format_args!("{value}"));
    }

    fn message(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.key(field);
        self.within(*b"{}", write);
    }

    fn list(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.key(field);
        self.within(*b"[]", write);
    }

    fn item(&mut self, _: Field, write: impl FnOnce(&mut Self)) {
        self.separate();
        self.within(*b"{}", write);
    }

    fn items(&mut self, written: &Self) {
        self.separate();
        self.0.extend_from_slice(&written.0);
    }

    fn whole(&mut self, write: impl FnOnce(&mut Self)) {
        self.within(*b"{}", write);
    }

    fn written(&self) -> &[u8] {
        &self.0
    }

    fn clear(&mut self) {
        self.0.clear();
        self.0.shrink_to(SPARE);
    }
}
