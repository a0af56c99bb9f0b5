//! `serde_json` of a derived struct.

use crate::clock::Clock;
use crate::event::Input;
use serde::Serialize;
use std::io::Write;

/// Into a buffer that is kept: the same bytes as the hand-written line.
pub(crate) struct SerdeJson<W> {
    line: Vec<u8>,
    clock: Clock,
    out: W,
}

#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    version: u32,
    level: &'static str,
    timestamp: &'a str,
    order_id: &'a str,
    reason: &'a str,
    currency: &'a str,
    amount: f64,
    attempt: u32,
    waited_us: u64,
}

impl<W: Write> SerdeJson<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { line: Vec::new(), clock: Clock::new(), out }
    }

    pub(crate) fn emit(&mut self, event: &Input) {
        let line = Line {
            event: "payment_process_failed",
            version: 1,
            level: "error",
            timestamp: self.clock.now_text(),
            order_id: &event.order_id,
            reason: &event.reason,
            currency: &event.currency,
            amount: event.amount,
            attempt: event.attempt,
            waited_us: event.waited_us,
        };
        self.line.clear();
        // Neither the struct nor a null writer fails.
        let _ = ::serde_json::to_writer(&mut self.line, &line);
        self.line.push(b'\n');
        let _ = self.out.write_all(&self.line);
    }

    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }
}
