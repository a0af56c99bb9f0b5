use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    Card(String, u16),
    Cash,
}

fn main() {}
