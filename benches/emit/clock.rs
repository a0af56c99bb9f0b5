//! The clock of the contenders that bring none: RFC 3339 with microseconds, the text of the second
//! kept.

use event_core::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) const LEN: usize = 27;

/// The text of the last second, to be patched.
pub(crate) struct Clock {
    second: u64,
    text: [u8; LEN],
}

impl Clock {
    pub(crate) const fn new() -> Self {
        Self { second: u64::MAX, text: [b'0'; LEN] }
    }

    /// Reads the clock and formats it.
    #[inline]
    pub(crate) fn now(&mut self) -> &[u8; LEN] {
        self.now_and_micros().0
    }

    /// As [`Clock::now`], and the same time in microseconds since the epoch.
    #[inline]
    pub(crate) fn now_and_micros(&mut self) -> (&[u8; LEN], u64) {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        if since.as_secs() != self.second {
            self.calendar(since.as_secs());
        }
        let mut micros = since.subsec_micros();
        for digit in self.text[20..26].iter_mut().rev() {
            *digit = b'0' + (micros % 10) as u8;
            micros /= 10;
        }
        (&self.text, since.as_secs() * 1_000_000 + u64::from(since.subsec_micros()))
    }

    #[cold]
    fn calendar(&mut self, second: u64) {
        let time = Timestamp::from_micros(i64::try_from(second).unwrap_or_default() * 1_000_000);
        self.text.copy_from_slice(time.to_string().as_bytes());
        self.second = second;
    }

    pub(crate) fn now_text(&mut self) -> &str {
        str::from_utf8(self.now()).unwrap_or_default()
    }
}
