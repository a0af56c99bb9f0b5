use event_core::EventValue;

#[derive(EventValue)]
pub struct OrderId(#[field(public)] String);

fn main() {}
