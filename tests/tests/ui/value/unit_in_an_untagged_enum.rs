use event_core::EventValue;

#[derive(EventValue)]
#[value(untagged)]
pub enum Method {
    Card(#[field(public)] String),
    Cash,
}

fn main() {}
