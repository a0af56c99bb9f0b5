use event_core::events;

events!(
    #[domain(require(entity))]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[group]
        pub error: ErrorDetails,
    }

    #[group]
    pub struct ErrorDetails {
        pub message: String,
    }
);

fn main() {}
