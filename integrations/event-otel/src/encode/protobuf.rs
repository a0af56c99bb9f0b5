//! OTLP as protobuf.

use super::field::{Field, INT, KEY, STRING, VALUE};
use super::wire::{SPARE, Wire};

/// Writes protobuf, in the one encoding that generated code writes: fields in the order of the
/// calls, lengths without superfluous bytes.
#[derive(Default)]
pub(crate) struct Protobuf(Vec<u8>);

/// The wire types (Protocol Buffers, Encoding).
const VARINT: u8 = 0;
const FIXED64: u8 = 1;
const LENGTH: u8 = 2;

/// The number of a field and its wire type.
const fn tag(field: Field, wire_type: u8) -> u8 {
    field.number << 3 | wire_type
}

impl Protobuf {
    #[inline]
    fn key(&mut self, field: Field, wire_type: u8) {
        self.0.push(tag(field, wire_type));
    }

    #[inline]
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    #[inline]
    fn block(&mut self, field: Field, bytes: &[u8]) {
        self.key(field, LENGTH);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// Writes a `KeyValue` at once, where each of its lengths is one byte. Returns whether it did.
    /// `head` and `value` are the field of the `AnyValue`.
    #[inline]
    fn short_pair(&mut self, field: Field, key: &str, head: &[u8], value: &[u8]) -> bool {
        let within = head.len() + value.len();
        let all = 2 + key.len() + 2 + within;
        if all > 0x7f {
            return false;
        }
        let [all_len, key_len, within_len] =
            [all, key.len(), within].map(|len| len.to_le_bytes()[0]);
        self.0.reserve(2 + all);
        self.0.extend_from_slice(&[tag(field, LENGTH), all_len, tag(KEY, LENGTH), key_len]);
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(&[tag(VALUE, LENGTH), within_len]);
        self.0.extend_from_slice(head);
        self.0.extend_from_slice(value);
        true
    }

    /// Writes a message whose length has probably so many bytes.
    #[inline]
    fn sized<const LIKELY: usize>(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.key(field, LENGTH);
        self.0.extend_from_slice(&[0; LIKELY]);
        let start = self.0.len();
        write(self);
        let len = self.0.len() - start;
        match (LIKELY, u16::try_from(len)) {
            (1, Ok(len @ ..0x80)) => self.0[start - 1] = len.to_le_bytes()[0],
            (2, Ok(len @ 0x80..0x4000)) => {
                let [low, high] = (len | 0x80).to_le_bytes();
                self.0[start - 2..start].copy_from_slice(&[low, high << 1 | (len >> 7 & 1) as u8]);
            }
            _ => self.close(start, LIKELY, len),
        }
    }

    /// Writes a length that has not `likely` bytes, and moves the message for it.
    #[cold]
    fn close(&mut self, start: usize, likely: usize, len: usize) {
        let end = self.0.len();
        self.varint(len as u64);
        let size = self.0.len() - end;
        let mut length = [0; 10];
        length[..size].copy_from_slice(&self.0[end..]);
        let (first, moved) = (start - likely, start - likely + size);
        self.0.resize(end.max(moved + len), 0);
        self.0.copy_within(start..end, moved);
        self.0.truncate(moved + len);
        self.0[first..moved].copy_from_slice(&length[..size]);
    }
}

impl Wire for Protobuf {
    #[inline]
    fn text(&mut self, field: Field, value: &str) {
        self.block(field, value.as_bytes());
    }

    fn id(&mut self, field: Field, value: &[u8]) {
        self.block(field, value);
    }

    #[inline]
    fn bool(&mut self, field: Field, value: bool) {
        self.key(field, VARINT);
        self.0.push(value.into());
    }

    #[inline]
    fn int(&mut self, field: Field, value: i64) {
        self.key(field, VARINT);
        self.varint(value.cast_unsigned());
    }

    #[inline]
    fn double(&mut self, field: Field, value: f64) {
        self.fixed(field, value.to_bits());
    }

    #[inline]
    fn fixed(&mut self, field: Field, value: u64) {
        self.key(field, FIXED64);
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    #[inline]
    fn number(&mut self, field: Field, value: u8) {
        self.key(field, VARINT);
        self.0.push(value);
    }

    #[inline]
    fn message(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.sized::<1>(field, write);
    }

    #[inline]
    fn list(&mut self, _: Field, write: impl FnOnce(&mut Self)) {
        write(self);
    }

    #[inline]
    fn item(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.message(field, write);
    }

    #[inline]
    fn record(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.sized::<2>(field, write);
    }

    #[inline]
    fn text_pair(&mut self, field: Field, key: &str, value: &str) {
        let len = value.len().to_le_bytes()[0];
        if value.len() > 0x7f
            || !self.short_pair(field, key, &[tag(STRING, LENGTH), len], value.as_bytes())
        {
            self.pair(field, key, |out| out.text(STRING, value));
        }
    }

    #[inline]
    fn int_pair(&mut self, field: Field, key: &str, value: i64) {
        let (mut bytes, mut len) = ([tag(INT, VARINT); 11], 1);
        let mut rest = value.cast_unsigned();
        while rest >= 0x80 {
            (bytes[len], len) = (rest.to_le_bytes()[0] | 0x80, len + 1);
            rest >>= 7;
        }
        bytes[len] = rest.to_le_bytes()[0];
        if !self.short_pair(field, key, &bytes[..=len], &[]) {
            self.pair(field, key, |out| out.int(INT, value));
        }
    }

    fn items(&mut self, written: &Self) {
        self.0.extend_from_slice(&written.0);
    }

    fn whole(&mut self, write: impl FnOnce(&mut Self)) {
        write(self);
    }

    fn written(&self) -> &[u8] {
        &self.0
    }

    fn clear(&mut self) {
        self.0.clear();
        self.0.shrink_to(SPARE);
    }
}
