//! What an error of librdkafka or of the brokers says of an event.

use super::super::{Outcome, raise};
use super::{KafkaTargetError, KafkaTargetOptions};
use event_grammar::harmless;
use rdkafka::error::KafkaError;
use rdkafka::types::RDKafkaErrorCode;
use std::time::Duration;

/// An event that was not delivered.
pub(super) struct Failed<'f> {
    pub(super) code: RDKafkaErrorCode,
    pub(super) topic: &'f str,
    /// The bytes of its key and value.
    pub(super) bytes: usize,
    pub(super) timeout: Duration,
    /// The most bytes of several records in one request.
    pub(super) batch_bytes: usize,
    /// An error of the connections that came shortly before.
    pub(super) last: Option<&'f str>,
}

/// The outcome of an event that was not delivered.
pub(super) fn of(failed: &Failed<'_>) -> Outcome {
    let Failed { code, topic, bytes, batch_bytes, .. } = *failed;
    let reason = match code {
        // Several records in one request are judged together: one of them alone may be valid.
        RDKafkaErrorCode::MessageSizeTooLarge if bytes <= batch_bytes => format!(
            "the topic `{topic}` takes no {batch_bytes} bytes of events at once\nhelp: raise \
             `max.message.bytes` of the topic, or lower `batch.size` in the properties of the target"
        ),
        RDKafkaErrorCode::MessageSizeTooLarge => {
            let reason = format!(
                "the event has {bytes} bytes, which is more than the topic `{topic}` takes{}",
                raise("`max.message.bytes` of the topic")
            );
            return Outcome::Rejected { reason };
        }
        RDKafkaErrorCode::InvalidRecord | RDKafkaErrorCode::PolicyViolation => {
            let reason = format!(
                "the event breaks a rule of the topic `{topic}`: {code}\nhelp: a topic that is \
                 compacted takes no event without an entity"
            );
            return Outcome::Rejected { reason };
        }
        RDKafkaErrorCode::UnknownTopic
        | RDKafkaErrorCode::UnknownTopicOrPartition
        | RDKafkaErrorCode::UnknownPartition => {
            format!("the topic `{topic}` does not exist\nhelp: create it, or change `topic`")
        }
        RDKafkaErrorCode::TopicAuthorizationFailed => format!(
            "the user of the target may not write to the topic `{topic}`\nhelp: grant it WRITE on \
             the topic"
        ),
        RDKafkaErrorCode::ClusterAuthorizationFailed => {
            "the user of the target may not use an idempotent producer\nhelp: grant it \
             IDEMPOTENT_WRITE on the cluster"
                .to_owned()
        }
        RDKafkaErrorCode::NotEnoughReplicas | RDKafkaErrorCode::NotEnoughReplicasAfterAppend => {
            format!(
                "too few replicas of the topic `{topic}` are in sync\nhelp: start the brokers that \
             are away; the topic asks for `min.insync.replicas`"
            )
        }
        RDKafkaErrorCode::MessageTimedOut => {
            let last = failed.last.map_or(String::new(), |last| format!(": {last}"));
            let help = if last.contains("\nhelp: ") {
                ""
            } else {
                "\nhelp: check `brokers` of the target, and whether the brokers run and can be \
                 reached under the names that they advertise"
            };
            format!("the brokers do not take the event within {:?}{last}{help}", failed.timeout)
        }
        RDKafkaErrorCode::QueueFull => {
            "the queue of librdkafka is full\nhelp: lower `in_flight` of the target".to_owned()
        }
        RDKafkaErrorCode::PurgeQueue | RDKafkaErrorCode::PurgeInflight => {
            "the producer has ended; the event may have been written".to_owned()
        }
        code if ends_producer(code) => match failed.last {
            Some(last) if code == RDKafkaErrorCode::Fatal => {
                format!("the producer cannot go on, and is made anew: {last}")
            }
            _ => format!("the producer cannot go on, and is made anew: {code}"),
        },
        _ => format!("the event cannot be written to the topic `{topic}`: {code}"),
    };
    Outcome::Unavailable { reason, retry_after: None }
}

/// Whether nothing more is sent with a producer after this error. librdkafka counts up the epoch of
/// a producer by itself after an event that was not delivered; some brokers take that for another
/// producer, and refuse all that follows. One that has forgotten the producer is asked again and
/// again, until the time for the event is over.
pub(super) const fn ends_producer(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::Fatal
            | RDKafkaErrorCode::Fenced
            | RDKafkaErrorCode::InvalidProducerEpoch
            | RDKafkaErrorCode::InvalidProducerIdMapping
            | RDKafkaErrorCode::MessageTimedOut
            | RDKafkaErrorCode::OutOfOrderSequenceNumber
            | RDKafkaErrorCode::ProducerFenced
            | RDKafkaErrorCode::UnknownProducerId
    )
}

/// An error that concerns no single event, in words. The text of librdkafka names hosts, topics and
/// numbers. What a broker says of a password is left out, as it may repeat it.
pub(super) fn words(code: RDKafkaErrorCode, reason: &str) -> String {
    match code {
        RDKafkaErrorCode::Authentication | RDKafkaErrorCode::SaslAuthenticationFailed => {
            "the brokers refuse the user or the password\nhelp: check `auth` of the target"
                .to_owned()
        }
        _ => harmless(reason, 300).into_owned(),
    }
}

/// Why librdkafka makes no producer.
pub(super) fn refused(error: &KafkaError, options: &KafkaTargetOptions) -> KafkaTargetError {
    let mut why = match error {
        // The error has the value, which may be a password.
        KafkaError::ClientConfig(_, _, name, _) => format!("the value of `{name}` is not valid"),
        KafkaError::ClientCreation(why) => harmless(why, 300).into_owned(),
        _ => "no reason is known".to_owned(),
    };
    let sasl = options.sasl.as_ref().map(|sasl| &sasl.password);
    let key = options.tls.as_ref().and_then(|tls| tls.key_password.as_ref());
    for secret in sasl.into_iter().chain(key).map(event_core::Secret::expose) {
        if !secret.is_empty() {
            why = why.replace(secret.as_str(), "[secret]");
        }
    }
    KafkaTargetError::Refused { why }
}
