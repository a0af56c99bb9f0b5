use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[serde(default)]
        pub amount: i64,
    }
);

fn main() {}
