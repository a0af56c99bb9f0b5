use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[elapsed]
        pub duration_ms: String,
    }
);

fn main() {}
