use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[elapsed]
        #[field(unit = "rows")]
        pub took: u64,
    }
);

fn main() {}
