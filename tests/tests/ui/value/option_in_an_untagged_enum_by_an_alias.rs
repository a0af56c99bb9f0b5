use event_core::EventValue;

type Maybe = Option<u8>;

#[derive(EventValue)]
#[value(untagged)]
pub enum Answer {
    Number(Maybe),
    Text(String),
}

fn main() {}
