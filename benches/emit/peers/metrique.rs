//! `metrique`: an entry, formatted as EMF. Numbers are metrics there, texts are properties.

use crate::event::Input;
use ::metrique::emf::Emf;
use ::metrique::writer::{Entry, EntryIoStream, FormatExt};
use std::io::Write;
use std::time::SystemTime;

#[derive(Entry)]
struct Failed<'f> {
    #[entry(timestamp)]
    timestamp: SystemTime,
    event: &'static str,
    version: u32,
    level: &'static str,
    order_id: &'f str,
    reason: &'f str,
    currency: &'f str,
    amount: f64,
    attempt: u32,
    waited_us: u64,
}

/// What writes the event to `out`.
pub(crate) fn emitter(out: impl Write) -> impl FnMut(&Input) {
    let mut stream = Emf::no_validations("bench".to_owned(), vec![vec![]]).output_to(out);
    move |input| {
        let failed = Failed {
            timestamp: SystemTime::now(),
            event: "payment_process_failed",
            version: 1,
            level: "error",
            order_id: &input.order_id,
            reason: &input.reason,
            currency: &input.currency,
            amount: input.amount,
            attempt: input.attempt,
            waited_us: input.waited_us,
        };
        // Neither the entry nor a null writer fails.
        let _ = stream.next(&failed);
    }
}
