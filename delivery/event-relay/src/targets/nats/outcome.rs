//! What an answer of the server says of an event.

use super::super::{Outcome, raise};
use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::publish::PublishAck;
use async_nats::jetstream::response::Response;
use async_nats::{Message, StatusCode};
use event_core::read::Object;
use event_grammar::harmless;

/// The most characters of a server's words in a reason.
const SHOWN: usize = 200;

/// Nothing of the event is to blame.
pub(super) const fn unavailable(reason: String) -> Outcome {
    Outcome::Unavailable { reason, retry_after: None }
}

/// The outcome of an acknowledgement. `subject`: as it may be shown. `bytes`: of the event.
pub(super) fn of_ack(ack: &Message, subject: impl FnOnce() -> String, bytes: usize) -> Outcome {
    if ack.status == Some(StatusCode::NO_RESPONDERS) {
        return unavailable(format!(
            "no stream takes `{}`, or the server has no JetStream\nhelp: add the subject to a \
             stream: `nats stream add`",
            subject()
        ));
    }
    if let Some(duplicates) = str::from_utf8(&ack.payload).ok().and_then(duplicates) {
        return Outcome::Delivered { duplicates };
    }
    match serde_json::from_slice::<Response<PublishAck>>(&ack.payload) {
        Ok(Response::Err { error }) => {
            let words = error.to_string();
            of_error(error.error_code(), &harmless(&words, SHOWN), &subject(), bytes)
        }
        Ok(Response::Ok(_)) | Err(_) => unavailable(format!(
            "something that is not a stream answers at `{}`\nhelp: no service may listen to the \
             subjects of events",
            subject()
        )),
    }
}

/// The duplicates of an acknowledgement: 0 or 1. `None` if it is none: an error has a stream and a
/// place too. (The client's types are read five times as slowly.)
fn duplicates(ack: &str) -> Option<usize> {
    let mut ack = Object::parse(ack).ok()?;
    let mut take = |key| ack.take(key, &[]).ok().flatten();
    if take("error").is_some() {
        return None;
    }
    take("stream")?.text().ok()?;
    take("seq")?.integer::<u64>("a place").ok()?;
    let is_duplicate = take("duplicate").is_some_and(|duplicate| duplicate.truth() == Ok(true));
    Some(is_duplicate.into())
}

/// The outcome of an error of `JetStream`. Its number decides: the words change with the server's
/// version.
fn of_error(code: ErrorCode, words: &str, subject: &str, bytes: usize) -> Outcome {
    let help = match code {
        ErrorCode::STREAM_MESSAGE_EXCEEDS_MAXIMUM => {
            return Outcome::Rejected {
                reason: format!(
                    "the event has {bytes} bytes with its headers, which is more than the stream \
                     takes (`max_msg_size`){}",
                    raise("`max_msg_size` of the stream")
                ),
            };
        }
        ErrorCode::STREAM_HEADER_EXCEEDS_MAXIMUM => {
            return Outcome::Rejected {
                reason: "the headers of the event have more than 64 KiB".to_owned(),
            };
        }
        ErrorCode::STREAM_NOT_MATCH => "check the `stream` of the target",
        // The store says so of a full stream that discards new messages, too.
        ErrorCode::STREAM_STORE_FAILED
        | ErrorCode::ACCOUNT_RESOURCES_EXCEEDED
        | ErrorCode::INSUFFICIENT_RESOURCES
        | ErrorCode::MEMORY_RESOURCES_EXCEEDED
        | ErrorCode::STORAGE_RESOURCES_EXCEEDED => {
            "the limits of the stream, of the account or of the disk are reached: raise them, or \
             purge the stream"
        }
        ErrorCode::STREAM_SEALED => "a sealed stream takes no messages: use another one",
        ErrorCode::JETSTREAM_NOT_ENABLED | ErrorCode::JETSTREAM_NOT_ENABLED_FOR_ACCOUNT => {
            "enable JetStream for the account of the relay"
        }
        _ => "look into the log of the server",
    };
    unavailable(format!("the server does not take `{subject}`: {words}\nhelp: {help}"))
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Outcome, duplicates, of_error};

    #[test]
    fn acknowledgements() {
        assert_eq!(duplicates(r#"{"stream":"EVENTS","seq":1}"#), Some(0));
        assert_eq!(
            duplicates(r#"{"stream":"EVENTS","domain":"a","seq":1,"duplicate":true}"#),
            Some(1)
        );
        let full = r#"{"error":{"code":503,"err_code":10077},"stream":"EVENTS","seq":0}"#;
        for none in [full, "", "{}", "[]", "+OK", r#"{"seq":1}"#, r#"{"stream":"A","seq":"1"}"#] {
            assert_eq!(duplicates(none), None, "{none}");
        }
    }

    #[test]
    fn only_the_size_of_an_event_is_its_fault() {
        let is_rejected =
            |code: u64| matches!(of_error(ErrorCode(code), "", "a", 1), Outcome::Rejected { .. });
        let rejected: Vec<u64> = (10_000..10_300).filter(|code| is_rejected(*code)).collect();
        assert_eq!(rejected, [10_054, 10_097]);
    }
}
