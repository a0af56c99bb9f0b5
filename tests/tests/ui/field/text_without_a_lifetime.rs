use event_core::{Str, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub reason: Str,
    }
);

fn main() {}
