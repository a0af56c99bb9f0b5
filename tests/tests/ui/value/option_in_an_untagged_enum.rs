use event_core::EventValue;

#[derive(EventValue)]
#[value(untagged)]
pub enum Answer {
    Number(Option<u8>),
    Text(String),
}

fn main() {}
