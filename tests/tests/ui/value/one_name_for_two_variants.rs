use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    Card,
    #[value(rename = "Card")]
    Cash,
}

fn main() {}
