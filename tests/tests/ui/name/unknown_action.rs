use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund,
    }

    #[event(error)]
    pub struct PaymentProcesFailed {
        pub amount: i64,
    }
);

fn main() {}
