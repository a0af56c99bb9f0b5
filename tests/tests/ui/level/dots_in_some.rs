use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match code { Some(..) => error, None => info })]
    pub struct OrderShipFailed {
        pub code: Option<u16>,
    }
);

fn main() {}
