use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match)]
    pub struct OrderShipFailed {
        pub code: u16,
    }
);

fn main() {}
