//! The buffer that events are encoded into, and the methods that write single values.

use super::mark::{AtOnce, Mark, Marks};
use super::refusal::{Refusal, name_in};
use crate::value::buffer::{Buffer, SHORT};
use crate::value::isolation;

/// A buffer that values are written into as JSON.
///
/// Between events it is cleared, not dropped, so that a running service does not allocate.
#[derive(Debug, Default)]
pub struct Encoder {
    pub(super) bytes: Buffer,
    /// Why the event must not be emitted: the first reason.
    pub(super) refused: Option<Refusal>,
    /// How many objects and lists are open in the current value.
    pub(super) depth: u8,
    /// The key of the current value, if the value may contain others: `,"name":`.
    pub(super) key: &'static str,
    /// The positions of the members, while the buffer keeps marks.
    marks: Marks,
    pub(super) at_once: AtOnce,
}

/// The members of an event, a group or a nested struct, written in sequence as `,"key":value`.
///
/// The macros implement it. An event's members are written through `&dyn Fields`, so that all
/// events share one copy of the emission code.
pub trait Fields {
    /// Writes every member, each with a comma before it.
    fn encode_fields(&self, out: &mut Encoder);
}

impl Encoder {
    /// An empty buffer.
    pub const fn new() -> Self {
        Self {
            bytes: Buffer::new(),
            refused: None,
            depth: 0,
            key: "",
            marks: Marks::new(),
            at_once: AtOnce::Short,
        }
    }

    /// The written bytes.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.written()
    }

    /// The number of written bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.bytes.len() == 0
    }

    /// Removes the content and the refusal, and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.truncate(0);
        self.at_once = AtOnce::Short;
        self.refused = None;
        self.key = "";
        // A panic inside a value leaves the depth too high.
        self.depth = 0;
    }

    /// Frees the memory of a long line. The line must not be used any more.
    #[inline]
    pub(crate) fn give_back(&mut self) {
        self.bytes.give_back();
    }

    /// Refuses the event: the field `key` has a value that its declaration excludes.
    ///
    /// The written bytes are still JSON. The first refused field is kept; only [`Encoder::clear`]
    /// resets it.
    #[cold]
    pub fn refuse(&mut self, key: &'static str) {
        self.refuse_as(Refusal::Excluded(key));
    }

    /// Refuses the event, with a reason.
    #[cold]
    pub(crate) fn refuse_as(&mut self, refusal: Refusal) {
        self.refused.get_or_insert(refusal);
    }

    /// The key of the field that refuses the event, if any, without the keys of the values around
    /// it.
    pub fn refused(&self) -> Option<&'static str> {
        self.refused.map(Refusal::field)
    }

    /// Why the event must not be emitted, if so.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refused
    }

    /// Writes members. Their values and masks are foreign code: if one panics, all of these members
    /// are removed, and the event is refused.
    #[inline]
    pub(crate) fn isolated(&mut self, fields: &dyn Fields) {
        let begun = self.bytes.len();
        if isolation::caught(|| fields.encode_fields(self)).is_none() {
            self.take_back(begun);
        }
    }

    #[cold]
    #[inline(never)]
    fn take_back(&mut self, begun: usize) {
        self.bytes.truncate(begun);
        self.depth = 0;
        self.refuse_as(Refusal::Panicked);
    }

    /// Writes the key of a member, `,"name":`. The caller writes the value next.
    ///
    /// Every member of a group or an event begins with this call: an error in the value is reported
    /// with this key, and [`Record::members`](crate::record::Record::members) finds the member by
    /// it. For nested members the outermost key is reported, because it is the event's own.
    pub fn key(&mut self, key: &'static str) {
        if self.depth == 0 {
            self.key = key;
            if self.is_marking() {
                self.mark(Mark::new(self.len(), key.len()));
            }
        }
        self.json(key);
    }

    /// Removes everything after the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// Writes text that is already JSON.
    #[inline]
    pub fn json(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
    }

    /// Writes bytes that are already JSON.
    #[inline]
    pub(crate) fn json_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// Writes `null`.
    #[inline]
    pub fn null(&mut self) {
        self.json("null");
    }

    /// Writes a boolean.
    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.json(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    #[inline]
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.short(itoa::Buffer::new().format(value));
    }

    /// Writes a number in the shortest form that reads back as the same number. Writes `null` for a
    /// number that is not finite.
    #[inline]
    pub fn float(&mut self, value: f64) {
        self.float_member("", value);
    }

    /// Like [`Encoder::float`], in the shortest form for 32 bits.
    #[inline]
    pub fn float32(&mut self, value: f32) {
        self.float32_member("", value);
    }

    /// Writes an integer as a member; `key` is `,"name":`.
    #[inline]
    pub(crate) fn integer_member(&mut self, key: &str, value: impl itoa::Integer) {
        self.short_member(key, itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes a member whose value is already JSON and probably short.
    #[inline]
    pub(crate) fn short_member(&mut self, key: &str, value: &[u8]) {
        if !(self.begins_at_once(key) && self.bytes.extend_both(key.as_bytes(), value)) {
            self.bytes.extend_long(key.as_bytes(), value);
        }
    }

    /// Writes a number as a member, as [`Encoder::float`] does.
    #[inline]
    pub(crate) fn float_member(&mut self, key: &str, value: f64) {
        if value.is_finite() {
            self.short_member(key, zmij::Buffer::new().format_finite(value).as_bytes());
        } else {
            self.short_member(key, b"null");
        }
    }

    /// Writes text as a JSON string, quoted and escaped.
    pub fn text(&mut self, text: &str) {
        self.text_member("", text);
    }

    /// Like [`Encoder::float_member`], in the shortest form for 32 bits.
    #[inline]
    pub(crate) fn float32_member(&mut self, key: &str, value: f32) {
        if value.is_finite() {
            self.short_member(key, zmij::Buffer::new().format_finite(value).as_bytes());
        } else {
            self.short_member(key, b"null");
        }
    }

    /// Writes text as a member; `key` is `,"name":`.
    pub(crate) fn text_member(&mut self, key: &str, text: &str) {
        if !(self.begins_at_once(key) && self.bytes.extend_quoted(key.as_bytes(), text.as_bytes()))
        {
            self.long_text_member(key, text);
        }
    }

    #[cold]
    #[inline(never)]
    fn long_text_member(&mut self, key: &str, text: &str) {
        self.json(key);
        self.bytes.push(b'"');
        self.escaped(text);
        self.bytes.push(b'"');
    }

    /// Like [`Encoder::json`], for text that is probably short, such as a key.
    #[inline]
    pub(crate) fn short(&mut self, text: &str) {
        self.bytes.extend_short(text.as_bytes(), b"");
    }

    /// Refuses the event: the value's own code returned an error, so the written text is not the
    /// value.
    #[cold]
    pub(super) fn unwritable(&mut self) {
        self.refuse_as(Refusal::Unwritable(name_in(self.key)));
    }

    /// Marks every member from here on, until the buffer is cleared.
    #[inline]
    pub(crate) fn keep_marks(&mut self) {
        self.marks.clear();
        self.at_once = AtOnce::None;
    }

    /// The positions of the members that were written since [`Encoder::keep_marks`]. Empty if there
    /// are more members than in any record before; the next record has space for them.
    #[inline]
    pub(crate) fn marks(&self) -> &[Mark] {
        self.marks.all()
    }

    /// Whether members that are written here are marked.
    #[inline]
    pub(super) const fn is_marking(&self) -> bool {
        matches!(self.at_once, AtOnce::None)
    }

    /// Marks a member of an event, if members are marked. Returns whether `key` is short enough to
    /// be written together with the value.
    #[inline]
    pub(super) fn begins_at_once(&mut self, key: &str) -> bool {
        if key.len() <= self.at_once as usize {
            return true;
        }
        if self.is_marking() {
            self.mark(Mark::new(self.len(), key.len()));
        }
        key.len() <= SHORT
    }

    #[inline]
    pub(super) fn mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::Encoder;
    use proptest::prelude::*;

    fn json(text: &str) -> String {
        let mut out = Encoder::new();
        out.text(text);
        String::from_utf8(out.bytes().to_vec()).unwrap()
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
            let json = str::from_utf8(out.bytes()).unwrap();
            let read = <f64 as crate::EventValue>::read(crate::value::read::Input::parse(json).unwrap()).unwrap();
            prop_assert!(read.to_bits() == value.to_bits() || !value.is_finite() && read.is_nan());
        }
    }
}
