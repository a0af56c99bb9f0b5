use event_core::events;

events!(
    #[domain]
    pub enum Order {
        Ship,
    }

    #[event(level = match grade { 'a' => info, _ => error })]
    pub struct OrderShipFailed {
        pub grade: char,
    }
);

fn main() {}
