use event_core::EventValue;

#[derive(EventValue)]
pub struct Address {
    #[group]
    pub country: String,
}

fn main() {}
