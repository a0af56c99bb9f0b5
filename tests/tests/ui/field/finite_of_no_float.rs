use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(finite)]
        pub amount_cents: u64,
    }
);

fn main() {}
