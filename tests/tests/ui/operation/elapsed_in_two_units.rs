use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[elapsed]
        #[field(unit = "s")]
        pub took_ms: u64,
    }
);

fn main() {}
