use event_core::{Change, EventValue, events};

#[derive(EventValue)]
#[value(untagged)]
pub enum State {
    Cart(u64),
    Placed(String),
}

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(None -> Cart, Cart -> Placed)]
        pub change: Change<Option<State>>,
    }
);

fn main() {}
