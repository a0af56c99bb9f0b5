use event_core::EventValue;

#[derive(EventValue)]
pub enum Login {
    Password(String),
    Link { url: String },
}

fn main() {}
