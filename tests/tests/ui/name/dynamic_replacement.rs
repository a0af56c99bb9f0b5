use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, replaced_by = format!("payment_{}", "failed"))]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
