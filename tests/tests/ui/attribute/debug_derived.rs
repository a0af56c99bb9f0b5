use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    #[derive(Clone, Debug)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
