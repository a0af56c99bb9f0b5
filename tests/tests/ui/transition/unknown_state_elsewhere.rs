use event_core::{Change, EventValue, events};

#[derive(EventValue)]
pub enum State {
    Cart,
    Placed,
}

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placd)]
        pub change: Change<State>,
    }
);

fn main() {}
