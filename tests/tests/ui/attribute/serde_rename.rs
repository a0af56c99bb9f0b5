use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[serde(rename = "total")]
        pub amount: i64,
    }
);

fn main() {}
