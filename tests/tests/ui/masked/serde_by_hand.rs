use event_core::EventValue;
use serde::{Serialize, Serializer};

#[derive(EventValue)]
pub enum Method {
    Cash,
    Card {
        #[sensitive(last4)]
        number: String,
    },
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cash => serializer.serialize_str("cash"),
            Self::Card { number } => serializer.serialize_str(number),
        }
    }
}

fn main() {}
