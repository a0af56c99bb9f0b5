use event_core::events;

events!(
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
