//! The line written by hand for this one event: the opponent to be as fast as. Safe Rust, a buffer
//! that is kept, keys as literals that carry what stands around them, the number formatters that
//! `serde_json` builds on, texts scanned eight bytes at a time.

use crate::clock::Clock;
use crate::escape::escape;
use crate::event::Input;
use std::io::Write;

pub(crate) struct Hand<W> {
    line: Vec<u8>,
    clock: Clock,
    /// What is bound, encoded when it was.
    context: Vec<u8>,
    out: W,
}

impl<W: Write> Hand<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { line: Vec::new(), clock: Clock::new(), context: Vec::new(), out }
    }

    /// Writes `members` into each line of the event that has context.
    pub(crate) fn bound(members: &str, out: W) -> Self {
        Self { context: members.as_bytes().to_vec(), ..Self::new(out) }
    }

    #[inline]
    pub(crate) fn emit(&mut self, event: &Input) {
        let line = &mut self.line;
        line.clear();
        line.extend_from_slice(
            br#"{"event":"payment_process_failed","version":1,"level":"error","timestamp":""#,
        );
        line.extend_from_slice(self.clock.now());
        line.extend_from_slice(br#"","order_id":""#);
        fields(event, line);
        // A null writer does not fail.
        let _ = self.out.write_all(line);
    }

    #[inline]
    pub(crate) fn emit_bound(&mut self, event: &Input) {
        let line = &mut self.line;
        line.clear();
        line.extend_from_slice(
            br#"{"event":"payment_retry_failed","version":1,"level":"error","timestamp":""#,
        );
        line.extend_from_slice(self.clock.now());
        line.push(b'"');
        line.extend_from_slice(&self.context);
        line.extend_from_slice(br#","order_id":""#);
        fields(event, line);
        // A null writer does not fail.
        let _ = self.out.write_all(line);
    }

    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }

    pub(crate) fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "as if written twice")]
fn fields(event: &Input, line: &mut Vec<u8>) {
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
}
