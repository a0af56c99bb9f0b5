use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = if)]
    pub struct OrderShipFailed {
        pub expected: bool,
    }
);

fn main() {}
