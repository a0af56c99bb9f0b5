use event_core::EventValue;

#[derive(EventValue)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Card,
    Cash,
}

fn main() {}
