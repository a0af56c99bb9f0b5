use event_core::EventValue;

#[derive(EventValue)]
pub enum Method {
    #[serde(alias = "creditcard")]
    Card,
    Cash,
}

fn main() {}
