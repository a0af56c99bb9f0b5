use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    #[value(rename = "")]
    Card,
    Cash,
}

fn main() {}
