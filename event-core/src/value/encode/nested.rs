//! Values that contain others: lists and objects.

use super::encoder::{Encoder, Fields};
use super::refusal::{Refusal, name_in};
use crate::value::read::MAX_DEPTH;

impl Encoder {
    /// Writes a value that contains others, as one level of nesting. If the level is deeper than a
    /// reader accepts ([`MAX_DEPTH`]), writes `null` instead and refuses the event, so that endless
    /// nesting does not overflow the stack.
    #[inline]
    pub fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.too_deep();
        }
        // Members inside a value are not marked.
        let at_once = std::mem::take(&mut self.at_once);
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.at_once = at_once;
    }

    #[cold]
    pub(super) fn too_deep(&mut self) {
        self.refuse_as(Refusal::TooDeep(name_in(self.key)));
        self.null();
    }

    /// Writes a list whose items `encode` writes.
    pub fn list_with<'v, T: 'v>(
        &mut self,
        items: impl IntoIterator<Item = &'v T>,
        encode: fn(&T, &mut Self),
    ) {
        self.nested(|out| {
            let start = out.len();
            for item in items {
                out.bytes.push(b',');
                encode(item, out);
            }
            out.close(start, b'[', b']');
        });
    }

    /// Writes a map as an object. `encode` writes the values.
    pub fn map_with<'v, T: 'v>(
        &mut self,
        entries: impl IntoIterator<Item = (&'v str, &'v T)>,
        encode: fn(&T, &mut Self),
    ) {
        self.nested(|out| {
            let start = out.len();
            for (key, value) in entries {
                out.bytes.push(b',');
                out.text(key);
                out.bytes.push(b':');
                encode(value, out);
            }
            out.close(start, b'{', b'}');
        });
    }

    /// Writes an object of declared fields.
    pub fn object(&mut self, fields: &dyn Fields) {
        if self.depth == 0 && self.key.is_empty() {
            // The event's own object does not count as a level of its values.
            return self.enclosed(b'{', b'}', |out| fields.encode_fields(out));
        }
        self.object_with(|out| fields.encode_fields(out));
    }

    /// Writes an object. `write` writes its members, each with a comma before it.
    pub fn object_with(&mut self, write: impl FnOnce(&mut Self)) {
        self.nested(|out| out.enclosed(b'{', b'}', write));
    }

    /// Writes items, each with a comma before it, between `open` and `close`.
    pub(super) fn enclosed(&mut self, open: u8, close: u8, write: impl FnOnce(&mut Self)) {
        let start = self.len();
        write(self);
        self.close(start, open, close);
    }

    /// Turns `,a,b` written since `start` into `[a,b]`.
    fn close(&mut self, start: usize, open: u8, close: u8) {
        if let Some(comma) = self.bytes.written_mut().get_mut(start) {
            *comma = open;
        } else {
            self.bytes.push(open);
        }
        self.bytes.push(close);
    }
}
