use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error skip_none)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
