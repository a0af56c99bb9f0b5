use event_core::EventValue;

#[derive(EventValue)]
#[value(tag = "type")]
pub struct Card {
    pub network: String,
}

fn main() {}
