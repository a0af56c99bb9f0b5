//! The subject that a schema is registered under.
//!
//! A registry compares a schema with the others of its subject. So a subject holds one version of
//! one event: versions are what is *not* compatible with each other, and what changes within one is
//! compared.

use crate::args::registry::{StrategyArg, Topic};
use event_core::meta::EventMeta;

/// The subject by one of the strategies of Confluent's clients; none where the strategy needs a
/// topic.
pub(super) fn subject(
    event: &EventMeta,
    strategy: StrategyArg,
    topic: Option<&Topic>,
) -> Option<String> {
    let record = record(event);
    Some(match (strategy, topic) {
        (StrategyArg::Topic, Some(Topic(topic))) => format!("{topic}-value"),
        (StrategyArg::Topic, None) => format!("{record}-value"),
        (StrategyArg::Record, _) => record,
        (StrategyArg::TopicRecord, Some(Topic(topic))) => format!("{topic}-{record}"),
        (StrategyArg::TopicRecord, None) => return None,
    })
}

/// What one version of an event is called, as the file of an export is:
/// `payment_process_failed.v1`.
fn record(event: &EventMeta) -> String {
    format!("{}.v{}", event.name.snake, event.version)
}
