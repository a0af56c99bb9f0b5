use event_core::EventValue;

#[derive(EventValue)]
#[value(tag = "type")]
pub enum Method {
    Card(String),
    Cash,
}

fn main() {}
