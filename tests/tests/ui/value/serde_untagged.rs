use event_core::EventValue;

#[derive(EventValue)]
#[serde(untagged)]
pub enum Amount {
    Cents(i64),
    Text(String),
}

fn main() {}
