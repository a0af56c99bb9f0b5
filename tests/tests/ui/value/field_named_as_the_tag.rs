use event_core::EventValue;

#[derive(EventValue)]
#[value(tag = "kind")]
pub enum Method {
    Card { kind: String },
    Cash,
}

fn main() {}
