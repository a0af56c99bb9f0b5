use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[group]
    pub struct Place {
        pub zone: u16,
    }

    #[event(level = match zone { 1 => info, _ => error })]
    pub struct OrderShipFailed {
        pub code: u16,
        #[group]
        pub place: Place,
    }
);

fn main() {}
