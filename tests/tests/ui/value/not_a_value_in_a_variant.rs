use event_core::EventValue;

pub struct Number(u64);

#[derive(EventValue)]
pub enum Method {
    Card(Number),
    Cash,
}

fn main() {}
