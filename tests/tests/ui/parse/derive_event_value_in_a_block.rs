use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub money: Money,
    }

    #[derive(event_core::EventValue)]
    pub struct Money {
        pub cents: i64,
    }
);

fn main() {}
