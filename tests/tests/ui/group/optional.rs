use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[group]
        pub error: Option<ErrorDetails>,
    }

    #[group]
    pub struct ErrorDetails {
        pub message: String,
    }
);

fn main() {}
