use event_core::{EventValue, Secret};

#[derive(EventValue)]
pub struct Card {
    pub holder: Secret<String>,
}

fn main() {}
