use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match took_ms { 1.5 => info, _ => error })]
    pub struct OrderShipFailed {
        pub took_ms: f64,
    }
);

fn main() {}
