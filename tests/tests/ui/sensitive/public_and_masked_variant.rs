use event_core::EventValue;

#[derive(EventValue)]
pub enum Login {
    Password(#[field(public)] #[sensitive(redact)] String),
}

fn main() {}
