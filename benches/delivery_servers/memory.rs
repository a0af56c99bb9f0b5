//! Events from memory to a target: what publishing costs without a database.

use event_relay::Message;
use event_relay::contract::{ContractVerdict, LockedContract};
use event_relay::targets::{Batch, Outcome, Target};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Publishes each message as a batch of its own, with as many in flight as the target allows. With
/// a contract, each is judged before.
pub(crate) fn publish(
    target: &mut dyn Target,
    messages: &[Arc<Message>],
    contract: Option<&LockedContract>,
) -> Duration {
    let most = target.limits().in_flight;
    let (sender, outcomes) = channel();
    let mut in_flight = 0;
    let start = Instant::now();
    let answered = |outcome| match outcome {
        Outcome::Delivered { duplicates: 0 } => 1,
        other => panic!("{other:?}"),
    };
    for message in messages {
        if let Some(contract) = contract {
            assert_eq!(contract.judge_message(message), ContractVerdict::Valid);
        }
        if in_flight == most {
            in_flight -= answered(outcomes.recv().unwrap());
            in_flight -= outcomes.try_iter().map(answered).sum::<usize>();
        }
        let sender = sender.clone();
        target.publish(Batch::new(vec![Arc::clone(message)], move |outcome| {
            let _ = sender.send(outcome);
        }));
        in_flight += 1;
    }
    while in_flight > 0 {
        in_flight -= answered(outcomes.recv().unwrap());
    }
    start.elapsed()
}
