use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub card: Card,
    }

    #[value]
    pub struct Card {
        pub network: String,
    }
);

fn main() {}
