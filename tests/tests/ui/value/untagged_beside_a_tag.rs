use event_core::EventValue;

#[derive(EventValue)]
#[value(tag = "type", untagged)]
pub enum Method {
    Card { network: String },
    Points { points: u32 },
}

fn main() {}
