use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, rename_all = "camelCase")]
    pub struct PaymentProcessFailed {
        pub order_total: i64,
    }
);

fn main() {}
