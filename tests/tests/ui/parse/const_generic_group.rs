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

    #[group]
    pub struct Parts<const N: usize> {
        pub parts: [i64; N],
    }
);

fn main() {}
