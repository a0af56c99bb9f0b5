use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

catalog!(
    pub enum ShopEvent {
        Theirs(cross_crate::Payment),
        Ours(Payment),
    }
);

fn main() {}
