use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<T> {
        pub amount: i64,
        pub detail: Vec<T>,
    }
);

fn main() {}
