//! The events of a request.

use crate::Request;
use serde_json::Value;

/// What the receiver needs to know of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The attribute `id`.
    pub id: String,
    /// The attribute `sequence`.
    pub sequence: String,
}

/// The `CloudEvents` of a request, in any mode. Empty if its body is none.
#[must_use]
pub fn events(request: &Request) -> Vec<Event> {
    let media = request.header("content-type").unwrap_or_default();
    let json = || serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
    if media.starts_with("application/cloudevents-batch+json") {
        json().as_array().into_iter().flatten().filter_map(of_json).collect()
    } else if media.starts_with("application/cloudevents+json") {
        of_json(&json()).into_iter().collect()
    } else {
        let header = |name| request.header(name).map(str::to_owned);
        let event = header("ce-id").zip(header("ce-sequence"));
        event.map(|(id, sequence)| Event { id, sequence }).into_iter().collect()
    }
}

fn of_json(event: &Value) -> Option<Event> {
    let text = |name| event.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Event { id: text("id")?, sequence: text("sequence")? })
}
