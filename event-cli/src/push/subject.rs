//! The subject that a schema is registered under.
//!
//! A registry compares a schema with the others of its subject. So a subject holds one version of
//! one event: versions are what is *not* compatible with each other, and what changes within one is
//! compared.

use super::args::StrategyArg;
use event_core::meta::EventMeta;

/// The name of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic(pub(super) String);

/// Kafka's rule.
pub(super) fn is_topic(name: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=249).contains(&name.len()) && name.bytes().all(is_legal) && name != "." && name != ".."
}

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

#[cfg(test)]
mod tests {
    use super::is_topic;

    #[test]
    fn topics_are_kafkas() {
        for topic in ["shop", "shop.payment_v1-value", &"a".repeat(249)] {
            assert!(is_topic(topic), "{topic}");
        }
        for other in ["", ".", "..", "a b", "a/b", "é", &"a".repeat(250)] {
            assert!(!is_topic(other), "{other}");
        }
    }
}
