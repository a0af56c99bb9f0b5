//! A target whose batches are published by threads that wait for each outcome.

use super::{Batch, Limits, Outcome, Target};
use crate::message::Message;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A target that publishes a batch and waits for the outcome.
pub trait BlockingTarget: Send + Sync + 'static {
    /// How much may be in flight. [`Workers`] starts a thread for each batch in flight.
    fn limits(&self) -> Limits;

    /// Publishes a batch.
    fn publish(&self, batch: &[Arc<Message>]) -> Outcome;
}

/// Publishes the batches of a [`BlockingTarget`] by threads. The threads end with their last batch
/// after it is dropped.
#[derive(Debug)]
pub struct Workers {
    limits: Limits,
    jobs: Sender<Batch>,
}

impl Workers {
    /// Starts the threads of `target`.
    ///
    /// # Errors
    ///
    /// If a thread cannot be spawned.
    pub fn start(name: &str, target: impl BlockingTarget) -> std::io::Result<Self> {
        let limits = target.limits();
        let target = Arc::new(target);
        let (jobs, receiver) = channel();
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..limits.in_flight.max(1) {
            let (target, receiver) = (Arc::clone(&target), Arc::clone(&receiver));
            thread::Builder::new()
                .name(format!("relay {name}"))
                .spawn(move || work(&*target, &receiver))?;
        }
        Ok(Self { limits, jobs })
    }
}

impl Target for Workers {
    fn limits(&self) -> Limits {
        self.limits
    }

    fn publish(&mut self, batch: Batch) {
        // Without a thread, the batch is dropped, which answers it.
        let _ = self.jobs.send(batch);
    }
}

fn work(target: &impl BlockingTarget, jobs: &Mutex<Receiver<Batch>>) {
    loop {
        let batch = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return };
        // A panic must not end the thread: the batches after it would have no answer.
        let published = catch_unwind(AssertUnwindSafe(|| target.publish(batch.messages())));
        batch.answer(published.unwrap_or_else(|_| {
            let reason = "the target panicked".to_owned();
            Outcome::Unavailable { reason, retry_after: None }
        }));
    }
}
