//! What a worker does with the answers of its target.

use super::backoff;
use super::flow::Item;
use super::intake::BEHIND;
use super::options::TargetOptions;
use super::worker::Worker;
use crate::message::Seq;
use crate::source::{OnPoison, ParkedState};
use crate::targets::Outcome;
use event_core::Timestamp;
use std::time::Instant;

impl Worker {
    /// The target has answered a batch.
    pub(super) fn answered(&mut self, batch: &[Seq], outcome: &Outcome) {
        self.take_back(batch, outcome);
        self.watch.answered(batch, self.state.flow.unanswered());
    }

    fn take_back(&mut self, batch: &[Seq], outcome: &Outcome) {
        match outcome {
            Outcome::Delivered { duplicates } => {
                let items = self.state.flow.delivered(batch);
                self.watch.delivered(items.iter().map(|item| &*item.message), *duplicates);
                let bytes = items.iter().map(|item| item.message.envelope.len()).sum();
                self.state.pending.published(items.len() as u64, bytes);
                for item in items.iter().filter(|item| item.is_parked) {
                    self.state.pending.release(item.message.seq);
                }
                self.target_is_there();
            }
            Outcome::Unavailable { reason, retry_after } => {
                self.watch.unavailable();
                self.state.flow.put_back(batch, false);
                if let Some(wait) = self.state.pause.fail(*retry_after, Instant::now()) {
                    self.watch.target_is_away(reason, wait);
                }
            }
            Outcome::Rejected { reason } => {
                self.watch.rejected();
                match *batch {
                    [seq] => self.rejected(seq, reason, self.options.attempts),
                    _ => self.state.flow.put_back(batch, true),
                }
                self.target_is_there();
            }
            // The target was not asked, so it is not known whether it is there.
            Outcome::Unsendable { reason } => {
                self.watch.rejected();
                match *batch {
                    [seq] => self.rejected(seq, reason, 1),
                    _ => self.state.flow.put_back(batch, true),
                }
            }
        }
    }

    fn target_is_there(&mut self) {
        if self.state.pause.succeed() {
            self.watch.target_is_back();
        }
    }

    /// An event is dead after so many rejections.
    fn rejected(&mut self, seq: Seq, reason: &str, most: u32) {
        let block = self.options.on_poison == OnPoison::BlockEntity;
        let mut items = self.state.flow.rejected(seq, block).into_iter();
        let Some(Item { message, attempts, .. }) = items.next() else { return };
        let attempts = attempts.saturating_add(1);
        if attempts >= most {
            self.park(&message, ParkedState::Dead, attempts, reason.to_owned());
        } else {
            let first = self.options.first_retry;
            let wait = backoff::doubled(first, attempts, TargetOptions::LONGEST_RETRY);
            let at = Timestamp::now().saturating_add(wait);
            self.park_until(&message, ParkedState::Retry, attempts, reason.to_owned(), at);
        }
        for item in items {
            self.park(&item.message, ParkedState::Behind, item.attempts, BEHIND.to_owned());
        }
    }
}
