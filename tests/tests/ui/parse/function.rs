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

    pub fn cents(amount: i64) -> i64 {
        amount * 100
    }
);

fn main() {}
