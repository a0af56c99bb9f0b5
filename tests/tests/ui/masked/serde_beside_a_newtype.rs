use event_core::EventValue;

#[derive(serde::Serialize, EventValue)]
pub struct Password(#[sensitive(redact)] String);

fn main() {}
