use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[statuses]
    pub enum PaymentStatus {
        #[status(ok)]
        Failed,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
