use event_core::EventValue;

#[derive(EventValue)]
#[value(untagged)]
pub struct Card {
    pub network: String,
}

fn main() {}
