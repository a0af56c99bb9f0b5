use event_core::{EventValue, Presence};

#[derive(EventValue)]
struct Notes {
    all: Vec<Presence<String>>,
}

fn main() {}
