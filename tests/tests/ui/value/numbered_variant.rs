use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    Card = 1,
    Cash,
}

fn main() {}
