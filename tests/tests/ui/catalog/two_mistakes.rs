use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[statuses]
    pub enum PaymentStatus {
        #[status(fault)]
        Reserved,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: String,
    }
);

catalog!(
    pub enum ShopEvent {
        Theirs(cross_crate::Payment),
        Ours(Payment),
    }
);

fn main() {}
