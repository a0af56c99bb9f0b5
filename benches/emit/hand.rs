//! The line written by hand for this one event: the opponent to be as fast as. Safe Rust, a buffer that is kept, keys as literals that carry what stands
//! around them, the number formatters that `serde_json` builds on, texts scanned eight bytes at a time.

use crate::clock::Clock;
use crate::event::Input;
use std::io::Write;

pub(crate) struct Hand<W> {
    line: Vec<u8>,
    clock: Clock,
    out: W,
}

impl<W: Write> Hand<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { line: Vec::new(), clock: Clock::new(), out }
    }

    #[inline]
    pub(crate) fn emit(&mut self, event: &Input) {
        let line = &mut self.line;
        line.clear();
        line.extend_from_slice(br#"{"event":"payment_process_failed","version":1,"level":"error","timestamp":""#);
        line.extend_from_slice(self.clock.now());
        line.extend_from_slice(br#"","order_id":""#);
        escape(&event.order_id, line);
        line.extend_from_slice(br#"","reason":""#);
        escape(&event.reason, line);
        line.extend_from_slice(br#"","currency":""#);
        escape(&event.currency, line);
        line.extend_from_slice(br#"","amount":"#);
        if event.amount.is_finite() {
            line.extend_from_slice(zmij::Buffer::new().format_finite(event.amount).as_bytes());
        } else {
            line.extend_from_slice(b"null");
        }
        line.extend_from_slice(br#","attempt":"#);
        line.extend_from_slice(itoa::Buffer::new().format(event.attempt).as_bytes());
        line.extend_from_slice(br#","waited_us":"#);
        line.extend_from_slice(itoa::Buffer::new().format(event.waited_us).as_bytes());
        line.extend_from_slice(b"}\n");
        // A null writer does not fail.
        let _ = self.out.write_all(line);
    }

    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }
}

#[inline]
fn escape(text: &str, line: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        line.extend_from_slice(bytes);
    } else {
        escape_slowly(bytes, line);
    }
}

#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().all(|word| is_plain_word(u64::from_le_bytes(*word)))
        && rest.iter().all(|&byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

#[inline]
const fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (quote, backslash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let special = control | (quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash);
    special & (ONES * 0x80) == 0
}

#[cold]
fn escape_slowly(bytes: &[u8], line: &mut Vec<u8>) {
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => line.extend_from_slice(&[b'\\', byte]),
            0..b' ' => line.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => line.push(byte),
        }
    }
}
