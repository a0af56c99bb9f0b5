use event_core::EventValue;

#[derive(Debug, EventValue)]
pub struct Card {
    pub network: String,
}

fn main() {}
