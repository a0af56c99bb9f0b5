use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match code { -1 => info, _ => error })]
    pub struct OrderShipFailed {
        pub code: u8,
    }
);

fn main() {}
