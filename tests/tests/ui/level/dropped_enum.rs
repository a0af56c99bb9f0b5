use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[value]
    pub enum Means {
        Card,
        Cash,
    }

    #[event(level = match means { Some(Card) => info, Some(Cash) | None => error })]
    pub struct OrderShipFailed {
        #[sensitive(drop)]
        pub means: Option<Means>,
    }
);

fn main() {}
