use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match card { "4111" => info, _ => error })]
    pub struct OrderShipFailed {
        #[sensitive(redact)]
        pub card: String,
    }
);

fn main() {}
