//! The relay's own log, as events of a catalog of its own: what the engine does, and what operators
//! do. Each is emitted through the [`Emitter`](event_core::Emitter) that the relay or the command
//! is given.
//!
//! No event holds a payload, the id of an entity, or a secret. What operators do is in the audit
//! events: those that have a [`Decision`].

mod cursor;
mod event;
mod lock;
mod outbox;
mod relay;
mod target;

pub use cursor::{
    CursorChanged, CursorDomain, CursorEvent, CursorLeaseAcquired, CursorLeaseAwaited,
    CursorRewound,
};
pub use event::{
    EventDomain, EventEvent, EventParked, EventPurged, EventReplayed, EventRequeued,
    EventRetiredSent, EventSkipped, Parking,
};
pub use lock::{LockDomain, LockEvent, LockReloadCompleted, LockReloadFailed};
pub use outbox::{OutboxDomain, OutboxEvent, OutboxPaused, OutboxResumed};
pub use relay::{
    RelayDomain, RelayEvent, RelayFailed, RelayInterrupted, RelayStarted, RelayStopped, StopCause,
};
pub use target::{
    TargetBacklogExceeded, TargetBacklogRecovered, TargetDomain, TargetEvent, TargetPaused,
    TargetResumed,
};

use event_core::{Str, catalog, events};

events!(
    /// The person who decided, and why: audit events have it.
    #[group]
    pub struct Decision<'a> {
        /// The person: `--by`, else the variable `USER` or `LOGNAME`, else the account of the
        /// process.
        #[field(example = "ada")]
        pub who: Str<'a>,
        /// Why, in the person's own words: `--reason`.
        #[field(example = "the receiver lost a day")]
        pub reason: Option<Str<'a>>,
    }
);

catalog!(
    /// Everything that the relay says of itself.
    pub enum RelayLog {
        Relay(RelayDomain),
        Target(TargetDomain),
        Outbox(OutboxDomain),
        Lock(LockDomain),
        Event(EventDomain),
        Cursor(CursorDomain),
    }
);

#[cfg(test)]
mod tests {
    use super::{Decision, EventParked, EventPurged};
    use crate::source::ParkedState;
    use event_core::sink::Memory;
    use event_core::{Emit, Emitter, Level};

    fn line<E: Emit>(event: &E) -> String {
        let memory = Memory::new();
        Emitter::builder().level(Level::Debug).sink(memory.clone()).build().emit(event);
        memory.records().iter().map(|record| record.text().to_owned()).collect()
    }

    #[test]
    fn a_parked_event_has_the_level_of_its_state() {
        let levels = ParkedState::ALL.map(|state| {
            let line = line(&EventParked {
                target: "billing".into(),
                seq: 7,
                event_type: "payment.process.failed".into(),
                event_version: 1,
                state: state.into(),
                attempts: 1,
                reason: "the target answered 422".into(),
            });
            assert!(line.contains(&format!(r#""state":"{}""#, state.as_str())), "{line}");
            let (_, rest) = line.split_once(r#""level":""#).expect("it has a level");
            rest.split('"').next().unwrap_or_default().to_owned()
        });
        assert_eq!(levels, ["warning", "error", "debug", "error"]);
    }

    #[test]
    fn an_audit_event_has_the_person_and_the_reason() {
        let line = line(&EventPurged {
            events: 12,
            to_seq: Some(99),
            abandoned_targets: vec!["old".into()],
            by: Decision { who: "ada".into(), reason: None },
        });
        assert!(line.contains(r#""who":"ada","reason":null"#), "{line}");
    }
}
