use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[value]
    pub enum State {
        Open,
        Failed,
    }

    #[event(level = match state { Open => info, Failed => error })]
    pub struct OrderShipFailed {
        pub state: Box<State>,
    }
);

fn main() {}
