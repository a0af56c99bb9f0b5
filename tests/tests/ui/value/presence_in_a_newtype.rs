use event_core::{EventValue, value::Presence};

#[derive(EventValue)]
struct Note(Presence<String>);

fn main() {}
