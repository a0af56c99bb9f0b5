use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
    }
);

fn main() {}
