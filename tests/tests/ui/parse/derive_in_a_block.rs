use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[derive(event_core::DomainEvent)]
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
