use event_core::{EventValue, value::Presence};

#[derive(EventValue)]
struct Notes {
    all: Vec<Presence<String>>,
}

fn main() {}
