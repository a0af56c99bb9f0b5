//! A batch on its way to a target.

use super::Outcome;
use crate::message::Message;
use std::fmt;
use std::sync::Arc;

/// The events of a batch, and where the target answers it. Each batch is answered once: by
/// [`answer`](Self::answer), or, if it is dropped, as unavailable.
#[must_use = "a batch that is dropped counts as unavailable, and is sent again"]
pub struct Batch {
    messages: Vec<Arc<Message>>,
    reply: Option<Reply>,
}

type Reply = Box<dyn FnOnce(Outcome) + Send>;

impl Batch {
    /// A batch whose outcome `reply` gets.
    pub fn new(messages: Vec<Arc<Message>>, reply: impl FnOnce(Outcome) + Send + 'static) -> Self {
        Self { messages, reply: Some(Box::new(reply)) }
    }

    /// The events, in their order.
    pub fn messages(&self) -> &[Arc<Message>] {
        &self.messages
    }

    /// Says what became of the events.
    pub fn answer(mut self, outcome: Outcome) {
        self.reply(outcome);
    }

    fn reply(&mut self, outcome: Outcome) {
        if let Some(reply) = self.reply.take() {
            reply(outcome);
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let reason = "the target gave no answer".to_owned();
        self.reply(Outcome::Unavailable { reason, retry_after: None });
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.messages).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Outcome};
    use std::sync::mpsc::channel;

    #[test]
    fn a_batch_is_answered_once_also_if_it_is_dropped() {
        let (sender, outcomes) = channel();
        let other = sender.clone();
        let answered = Batch::new(Vec::new(), move |outcome| sender.send(outcome).unwrap());
        answered.answer(Outcome::Delivered { duplicates: 0 });
        drop(Batch::new(Vec::new(), move |outcome| other.send(outcome).unwrap()));
        let outcomes: Vec<Outcome> = outcomes.iter().collect();
        assert_eq!(outcomes[0], Outcome::Delivered { duplicates: 0 });
        assert!(matches!(outcomes[1], Outcome::Unavailable { .. }));
        assert_eq!(outcomes.len(), 2);
    }
}
