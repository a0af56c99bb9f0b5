use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[group]
        pub error: ErrorDetails,
        #[group]
        pub cause: Cause,
    }

    #[group]
    pub struct ErrorDetails {
        pub message: String,
    }

    #[group]
    pub struct Cause {
        pub message: String,
    }
);

fn main() {}
