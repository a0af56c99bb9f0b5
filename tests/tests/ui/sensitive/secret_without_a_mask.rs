use event_core::{Secret, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub order_key: Secret<String>,
    }
);

fn main() {}
