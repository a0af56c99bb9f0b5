use event_core::{events, value::Presence};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match note { Presence::Value(..) => error, Presence::Null => warning, Presence::Absent => info })]
    pub struct OrderShipFailed {
        pub note: Presence<u32>,
    }
);

fn main() {}
