use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[sensitive(hash)]
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
