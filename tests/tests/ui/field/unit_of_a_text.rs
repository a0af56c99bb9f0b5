use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(unit = "cents")]
        pub amount: String,
    }
);

fn main() {}
