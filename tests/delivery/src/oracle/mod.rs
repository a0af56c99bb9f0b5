//! Compares what a target has with what was committed.

mod ledger;
mod verdict;

pub use ledger::{Fact, Ledger};
pub use verdict::{Reasons, Verdict, judge};

/// An event at a target, in the order in which the target got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The id of the event.
    pub event_id: String,
    /// The relay that sent it: the number of its start. 0: the target does not say.
    pub relay: u32,
    /// Whether the relay certainly got the answer. If not, it may send the event again.
    pub is_answered: bool,
}

impl Delivery {
    /// An event at a target that does not say which relay sent it.
    pub fn of_any_relay(event_id: &str) -> Self {
        Self { event_id: event_id.to_owned(), relay: 0, is_answered: true }
    }
}
