use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    #[serde(rename_all = "camelCase")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
