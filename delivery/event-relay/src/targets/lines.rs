//! Envelopes as lines of NDJSON.

use crate::message::Message;
use std::sync::Arc;

/// Why an event of the batch cannot be a line. A line break in an envelope would be the end of its
/// line, and a NUL is what a power loss leaves in a file: see [`super::file`].
pub(super) fn refusal(batch: &[Arc<Message>]) -> Option<String> {
    let is_line = |json: &str| {
        json.starts_with('{') && json.ends_with('}') && !json.bytes().any(|byte| byte < b' ')
    };
    batch
        .iter()
        .any(|message| !is_line(&message.envelope))
        .then(|| "the envelope is not one line of JSON".to_owned())
}

/// The lines of the events, each with its line break.
pub(super) fn of<'m>(messages: impl Iterator<Item = &'m Message>) -> Vec<u8> {
    let mut lines = Vec::new();
    for message in messages {
        lines.extend_from_slice(message.envelope.as_bytes());
        lines.push(b'\n');
    }
    lines
}
