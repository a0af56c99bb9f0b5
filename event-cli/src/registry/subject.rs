//! The subject of a schema.
//!
//! A registry compares a schema with the other schemas of its subject. So a subject holds one
//! version of one event: two versions need not be compatible, but changes within one version are
//! compared.

use crate::args::registry::{StrategyArg, Topic};
use event_core::meta::EventMeta;

/// The subject by one of the strategies of Confluent's clients; `None` if the strategy needs a
/// topic and none is given.
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

/// The record name of an event version; the exported file has the same name:
/// `payment_process_failed.v1`.
fn record(event: &EventMeta) -> String {
    format!("{}.v{}", event.name.snake, event.version)
}
