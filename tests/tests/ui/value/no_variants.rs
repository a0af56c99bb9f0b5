use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {}

fn main() {}
