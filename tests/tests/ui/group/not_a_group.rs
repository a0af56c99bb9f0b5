use event_core::events;

pub struct ErrorDetails {
    pub message: String,
}

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[group]
        pub error: ErrorDetails,
    }
);

fn main() {}
