use event_core::events;
use std::time::Duration;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[elapsed]
        pub took_ms: Duration,
    }
);

fn main() {}
