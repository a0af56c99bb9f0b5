use event_core::{Change, EventValue, events};

#[derive(EventValue)]
pub enum State {
    Cart,
    Placed,
}

type Moved = Change<State>;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed)]
        pub change: Moved,
    }
);

fn main() {}
