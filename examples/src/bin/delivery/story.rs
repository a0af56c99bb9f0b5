//! What the lines of the file tell of an order.

use serde_json::Value;
use std::fmt::Write;

/// Prints the events of an order in the order of their arrival, and marks a payment that was
/// submitted from a state in which one had been submitted before.
pub(crate) fn of(order: &str, lines: &str) -> String {
    let mut told = String::new();
    let mut seen: Vec<Value> = Vec::new();
    for line in lines.lines() {
        let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
        if event["entity"]["id"] != order {
            continue;
        }
        let name = event["event_type"].as_str().unwrap_or_default();
        let payload = &event["payload"];
        let mut line = format!("  {name}");
        if let (Some(before), Some(after)) = (payload.get("before"), payload.get("after")) {
            let _ = write!(line, "   {} -> {}", state(before), state(after));
            if seen.contains(before) {
                line.push_str("   <- charged twice");
            }
            seen.push(before.clone());
        }
        let _ = writeln!(told, "{line}");
    }
    told
}

fn state(state: &Value) -> String {
    let status = state["status"].as_str().unwrap_or_default();
    format!("{status} ({})", state["payment_attempts"])
}
