//! What both writings of OTLP have in common.

use super::field::{Field, INT, KEY, STRING, VALUE};

/// The memory that a cleared writer keeps, in bytes.
pub(crate) const SPARE: usize = 1 << 20;

/// A writer of OTLP messages. There is one encoder for both writings, so they cannot differ in what
/// they say.
///
/// A scalar is written even if it is the default of its type, because the values of attributes are
/// fields of a `oneof`. The encoder leaves out the others.
pub(crate) trait Wire: Default {
    /// A text.
    fn text(&mut self, field: Field, value: &str);
    /// Bytes, as an id.
    fn id(&mut self, field: Field, value: &[u8]);
    /// A truth value.
    fn bool(&mut self, field: Field, value: bool);
    /// An `int64`.
    fn int(&mut self, field: Field, value: i64);
    /// A `double` that is finite.
    fn double(&mut self, field: Field, value: f64);
    /// A `fixed64`.
    fn fixed(&mut self, field: Field, value: u64);
    /// A number of an enumeration, less than 128.
    fn number(&mut self, field: Field, value: u8);
    /// A message.
    fn message(&mut self, field: Field, write: impl FnOnce(&mut Self));
    /// A repeated message: `write` calls [`Wire::item`] with the same field, or [`Wire::items`].
    fn list(&mut self, field: Field, write: impl FnOnce(&mut Self));
    /// One message of a list.
    fn item(&mut self, field: Field, write: impl FnOnce(&mut Self));
    /// One message of a list that has hundreds of bytes.
    fn record(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        self.item(field, write);
    }
    /// One `KeyValue` of a list.
    fn pair(&mut self, field: Field, key: &str, value: impl FnOnce(&mut Self)) {
        self.item(field, |out| {
            out.text(KEY, key);
            out.message(VALUE, value);
        });
    }
    /// One `KeyValue` of a list, with a text: the most frequent one.
    fn text_pair(&mut self, field: Field, key: &str, value: &str) {
        self.pair(field, key, |out| out.text(STRING, value));
    }
    /// One `KeyValue` of a list, with an `int64`.
    fn int_pair(&mut self, field: Field, key: &str, value: i64) {
        self.pair(field, key, |out| out.int(INT, value));
    }
    /// The messages of a list that are written already, by [`Wire::item`] of the same field.
    fn items(&mut self, written: &Self);
    /// The outermost message.
    fn whole(&mut self, write: impl FnOnce(&mut Self));

    /// What is written so far.
    fn written(&self) -> &[u8];
    /// Begins again, with the same memory.
    fn clear(&mut self);
}
