//! Chance, for ids and samples: a generator per thread, seeded from the operating system once.
//!
//! Not for keys: whoever has seen a few numbers can tell the next.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

thread_local! {
    static STATE: Cell<u64> = Cell::new(RandomState::new().hash_one(0_u8) | 1);
}

/// 64 bits, evenly spread.
pub(crate) fn u64() -> u64 {
    let draw = STATE.try_with(|state| {
        // xorshift64*, Vigna 2016.
        let mut x = state.get();
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        state.set(x);
        x.wrapping_mul(0x2545_f491_4f6c_dd1d)
    });
    // A thread that is ending has no generator any more.
    draw.unwrap_or_else(|_| RandomState::new().hash_one(0_u8))
}
