use event_core::EventValue;

#[derive(EventValue)]
pub struct Card {
    #[field(default)]
    pub network: Network,
}

#[derive(EventValue)]
pub enum Network {
    Visa,
    Other,
}

fn main() {}
