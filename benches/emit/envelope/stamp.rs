//! What tells one envelope from the next: the time, the id, the place in the sequence.

use crate::clock::{self, Clock};
use crate::ids::{self, Ids};

#[derive(Clone)]
pub(crate) struct Stamp {
    pub(crate) time: [u8; clock::LEN],
    pub(crate) id: [u8; ids::LEN],
    pub(crate) sequence: u64,
}

/// Makes stamps, of the present time.
pub(crate) struct Stamps {
    clock: Clock,
    ids: Ids,
    sequence: u64,
}

impl Stamps {
    pub(crate) fn new() -> Self {
        Self { clock: Clock::new(), ids: Ids::new(), sequence: 0 }
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Stamp {
        self.sequence += 1;
        let (time, micros) = self.clock.now_and_micros();
        Stamp { time: *time, id: self.ids.next(micros), sequence: self.sequence }
    }
}
