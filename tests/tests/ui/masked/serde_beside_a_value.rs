use event_core::EventValue;

#[derive(EventValue, serde::Serialize)]
pub struct Card {
    #[sensitive(last4)]
    pub number: String,
}

fn main() {}
