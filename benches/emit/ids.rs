//! Ids of the contenders that bring none: `UUIDv7` from a generator that each has for itself,
//! seeded once.

use std::hash::{BuildHasher, RandomState};

pub(crate) const LEN: usize = 36;

/// How each byte is written.
const PAIRS: [[u8; 2]; 256] = {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [HEX[byte >> 4], HEX[byte & 15]];
        byte += 1;
    }
    pairs
};

pub(crate) struct Ids {
    last: u64,
    state: u64,
}

impl Ids {
    pub(crate) fn new() -> Self {
        Self { last: 0, state: RandomState::new().hash_one(0_u8) | 1 }
    }

    /// The id of an event of a time, in microseconds since the epoch; later than the last one.
    #[inline]
    pub(crate) fn next(&mut self, micros: u64) -> [u8; LEN] {
        self.last = ((micros / 1_000) << 12 | (micros % 1_000 * 4_096 / 1_000)).max(self.last + 1);
        let mut x = self.state;
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        self.state = x;
        let chance = x.wrapping_mul(0x2545_f491_4f6c_dd1d);
        let (millis, fraction) = (self.last >> 12, self.last & 0xfff);
        text(millis << 16 | 7 << 12 | fraction, 0b10 << 62 | chance >> 2)
    }
}

/// A UUID as text.
#[inline]
pub(crate) fn text(high: u64, low: u64) -> [u8; LEN] {
    const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
    let mut text = [b'-'; LEN];
    let bytes = high.to_be_bytes().into_iter().chain(low.to_be_bytes());
    for (byte, place) in bytes.zip(PLACES) {
        [text[place], text[place + 1]] = PAIRS[usize::from(byte)];
    }
    text
}
