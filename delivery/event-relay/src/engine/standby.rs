//! How a worker gets the lease of its cursor and keeps it, and what it does in standby while another
//! relay has it.

use super::flow::Flow;
use super::phase::Phase;
use super::progress::Pending;
use super::worker::{Cursor, Worker};
use crate::message::Seq;
use crate::source::{Claim, Holder, SourceError};
use event_core::Timestamp;
use std::time::{Duration, Instant};

/// How often a relay in standby looks whether the lease has ended. It reads one row.
const LOOK: Duration = Duration::from_millis(500);

/// The shortest time between two looks.
const PAUSE: Duration = Duration::from_millis(20);

impl Worker {
    /// Asks for the lease and reads the cursor, once nothing is in flight. Returns whether it has.
    pub(super) fn rewind(&mut self, now: Instant) -> Result<bool, SourceError> {
        let is_early = self.state.cursor == Cursor::Held && now < self.state.chores.renew;
        if self.state.flow.in_flight() > 0 || is_early {
            return Ok(false);
        }
        match self.source.rewind(Timestamp::now())? {
            Claim::Granted { low, fence } => {
                self.serve(low, fence, now);
                Ok(true)
            }
            Claim::Refused(holder) => {
                self.stand_by(&holder, now)?;
                Ok(false)
            }
        }
    }

    fn serve(&mut self, low: Seq, fence: i64, now: Instant) {
        if self.state.cursor == Cursor::Moved {
            self.watch.cursor_was_read_again(self.state.pending.place(), low);
        }
        self.watch.serves(low, fence);
        self.state.flow = Flow::new(low);
        self.state.pending = Pending::new(low, now);
        self.state.cursor = Cursor::Known;
        // Who moves a cursor may have changed what is parked.
        self.state.has_parked = true;
        self.state.chores.tidy = now;
        self.state.chores.measure = now;
        self.state.chores.renew = now + self.lease / 3;
        self.state.poll.wake(now);
    }

    fn stand_by(&mut self, holder: &Holder, now: Instant) -> Result<(), SourceError> {
        self.watch.stands_by(holder);
        // The other relay sends again whatever this one has not written.
        self.state.flow = Flow::default();
        self.state.pending = Pending::new(0, now);
        self.state.cursor = Cursor::Held;
        self.state.is_capped = false;
        // Its parked events are judged by this relay's lock when this one serves.
        self.state.generation = None;
        self.state.chores.renew = now + LOOK.min(holder.lasts).max(PAUSE);
        if let Phase::Draining { is_read, .. } = &mut self.state.phase {
            *is_read = self.source.backlog()?.events == 0;
        }
        Ok(())
    }

    /// Renews the lease, if it is time. Returns `false` if the cursor was moved, or went to another
    /// relay.
    pub(super) fn keep_lease(&mut self, now: Instant) -> Result<bool, SourceError> {
        if now < self.state.chores.renew {
            return Ok(true);
        }
        let is_kept = self.source.renew()?;
        if is_kept {
            self.state.chores.renew = now + self.lease / 3;
        } else {
            self.state.cursor = Cursor::Moved;
        }
        Ok(is_kept)
    }

    /// Lets another relay go on at once. If it fails, the lease ends by itself.
    pub(super) fn release(&mut self) {
        if self.state.cursor != Cursor::Held {
            let _ = self.source.release();
        }
    }
}
