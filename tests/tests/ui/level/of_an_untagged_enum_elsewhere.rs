use event_core::{EventValue, events};

#[derive(EventValue)]
#[value(untagged)]
pub enum Id {
    Number(u64),
    Text(String),
}

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match id { Some(Number(_)) | None => info, Some(Text(_)) => error })]
    pub struct OrderShipFailed {
        pub id: Option<Id>,
    }
);

fn main() {}
