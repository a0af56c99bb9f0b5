use event_core::EventValue;

#[derive(EventValue)]
#[value(default)]
pub enum Method {
    Card,
    Cash,
}

fn main() {}
