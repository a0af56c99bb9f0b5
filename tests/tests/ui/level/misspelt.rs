use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(eror)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
