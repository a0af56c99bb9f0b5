//! Reports for events that are not written, or are written without context that they need.

use super::incident::{Incident, Topic, declared};
use super::inner::Inner;
use super::state::EventState;
use super::tally::Outcome;
use crate::record::nesting;
use crate::value::encode::Refusal;

/// Counts an event that is not written, and reports it.
#[cold]
pub(super) fn refuse(emitter: &Inner, event: &EventState, refusal: Refusal) {
    emitter.tallies.count(event, Outcome::of(refusal));
    tell_refused(emitter, event, refusal);
}

/// Reports an event that is not written.
#[cold]
pub(super) fn tell_refused(emitter: &Inner, event: &EventState, refusal: Refusal) {
    let incident = || Incident::Refused { event: event.meta.name.snake, refusal };
    // Each field and each step is a separate defect.
    emitter.incidents.tell(Topic::Refused { event: event.index, refusal }, incident);
}

/// Reports that context which the event needs is not bound.
#[cold]
pub(super) fn tell_missing(emitter: &Inner, event: &EventState) {
    nesting::called();
    let meta = event.meta;
    emitter.incidents.tell(Topic::ContextMissing { event: event.index }, || {
        Incident::ContextMissing {
            event: meta.name.snake,
            declared: declared(meta),
            groups: meta
                .context_groups()
                .filter(|(_, is_needed)| *is_needed)
                .map(|(group, _)| group.type_name)
                .collect(),
        }
    });
}
