use event_core::{events, value::Presence};

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = if expected { info } else { error })]
    pub struct OrderShipFailed {
        pub expected: Presence<bool>,
    }
);

fn main() {}
