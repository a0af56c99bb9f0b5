use event_core::EventValue;

#[derive(EventValue)]
#[value(content = "data")]
pub enum Method {
    Card(#[field(public)] String),
    Cash,
}

fn main() {}
