use event_core::EventValue;

#[derive(EventValue)]
#[value(untagged)]
pub enum Method {
    Card(String),
    Cash,
}

fn main() {}
