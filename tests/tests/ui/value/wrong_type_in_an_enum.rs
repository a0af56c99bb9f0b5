use event_core::EventValue;
use std::time::Duration;

#[derive(EventValue)]
pub enum Wait {
    For(Duration),
    Forever,
}

fn main() {}
