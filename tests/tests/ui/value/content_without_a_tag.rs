use event_core::EventValue;

#[derive(EventValue)]
#[value(content = "data")]
pub enum Method {
    Card(String),
    Cash,
}

fn main() {}
