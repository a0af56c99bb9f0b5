use event_core::EventValue;

#[derive(EventValue)]
pub struct Email(String);

fn main() {}
