use event_core::{EventValue, Presence};

#[derive(EventValue)]
struct Note(Presence<String>);

fn main() {}
