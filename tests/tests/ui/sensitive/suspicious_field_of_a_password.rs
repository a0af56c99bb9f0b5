use event_core::EventValue;

#[derive(EventValue)]
pub struct Password {
    value: String,
}

fn main() {}
