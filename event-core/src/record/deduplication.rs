//! The text that says which fact a record tells.

use super::Record;
use crate::value::encode::Encoder;
use crate::value::encode::scan::value;
use hmac_sha256::Hash;
use std::fmt::Write as _;

/// The maximum length of a key that is written out, in bytes. Databases limit what they index:
/// `PostgreSQL` takes at most 2,704 bytes for an entry of a B-tree.
const LONGEST: usize = 1_024;

impl Record<'_> {
    /// The text by which an outbox finds a second record of the same fact. `None` if the event
    /// declares no `deduplicate(..)`.
    ///
    /// It is the event type and the values of the declared fields, as they are in the payload:
    /// `payment.charge.succeeded["ord_1",2]`. Masked values are masked. The version is no part of
    /// it, because a newer version of a service tells the same fact. A field that the payload does
    /// not have is `null`.
    ///
    /// A text of more than 1,024 bytes becomes the event type, `#`, and the SHA-256 of the text as
    /// 64 hexadecimal digits.
    pub fn deduplication_key(&self) -> Option<String> {
        let meta = self.meta();
        let (first, rest) = meta.deduplicate.split_first()?;
        let event_type = meta.name.dotted;
        let mut text = format!("{event_type}[{}", self.written(first));
        for key in rest {
            text.push(',');
            text.push_str(self.written(key));
        }
        text.push(']');
        Some(if text.len() > LONGEST { shortened(event_type, &text) } else { text })
    }

    /// The value of the payload's member `key`, as JSON.
    fn written(&self, key: &str) -> &str {
        let mut escaped = Encoder::new();
        escaped.escaped(key);
        // The encoder writes only valid UTF-8.
        let key = str::from_utf8(escaped.bytes()).unwrap_or_default();
        let found = value(self.payload(), key).and_then(|value| str::from_utf8(value).ok());
        found.unwrap_or("null")
    }
}

fn shortened(event_type: &str, text: &str) -> String {
    let mut short = format!("{event_type}#");
    for byte in Hash::hash(text.as_bytes()) {
        // Writing to memory does not fail.
        let _ = write!(short, "{byte:02x}");
    }
    short
}
