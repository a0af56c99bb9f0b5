use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    #[value(other)]
    Unknown,
    #[value(other)]
    Unheard,
}

fn main() {}
