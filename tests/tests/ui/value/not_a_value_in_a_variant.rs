use event_core::EventValue;

pub struct Number(u64);

#[derive(EventValue)]
pub enum Method {
    Card(#[field(public)] Number),
    Cash,
}

fn main() {}
