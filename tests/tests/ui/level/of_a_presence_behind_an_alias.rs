use event_core::{events, value::Presence};

pub type Note = Presence<u32>;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match note { Presence::Value(..) => error, Presence::Null | Presence::Absent => info })]
    pub struct OrderShipFailed {
        pub note: Note,
    }
);

fn main() {}
