use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    impl PaymentProcessFailed {
        pub fn total(&self) -> i64 {
            self.amount
        }
    }
);

fn main() {}
