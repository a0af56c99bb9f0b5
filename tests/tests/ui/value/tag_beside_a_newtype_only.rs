use event_core::EventValue;

#[derive(EventValue)]
#[value(tag = "type")]
pub enum Method {
    Card(#[field(public)] String),
}

fn main() {}
