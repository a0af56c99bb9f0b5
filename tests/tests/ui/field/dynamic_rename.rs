use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(rename = concat!("amount", "_cents"))]
        pub amount: i64,
    }
);

fn main() {}
