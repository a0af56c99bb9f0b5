use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match card { Some("4111") => info, _ => error })]
    pub struct OrderShipFailed {
        #[sensitive(drop)]
        pub card: Option<String>,
    }
);

fn main() {}
