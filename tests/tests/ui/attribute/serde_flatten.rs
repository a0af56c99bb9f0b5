use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[serde(flatten)]
        pub error: ErrorDetails,
    }

    #[group]
    pub struct ErrorDetails {
        pub message: String,
    }
);

fn main() {}
