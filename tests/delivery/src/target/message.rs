//! A message of a broker.

use crate::oracle::Delivery;
use serde_json::Value;

/// The event of a message, whose payload is an envelope.
///
/// # Panics
///
/// If it is none: a broker takes messages as a whole.
pub(super) fn delivery(payload: &[u8]) -> Delivery {
    let envelope: Value = serde_json::from_slice(payload).expect("an envelope");
    Delivery::of_any_relay(envelope["event_id"].as_str().expect("an event"))
}
