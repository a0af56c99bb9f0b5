use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    Card,
    #[value(other)]
    Unknown(String),
}

fn main() {}
