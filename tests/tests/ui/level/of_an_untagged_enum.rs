use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[value(untagged)]
    pub enum Id {
        Number(u64),
        Text(String),
    }

    #[event(level = match id { Number(_) => info, Text(_) => error })]
    pub struct OrderShipFailed {
        pub id: Id,
    }
);

fn main() {}
