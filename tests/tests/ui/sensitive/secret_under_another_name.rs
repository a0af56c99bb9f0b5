use event_core::{Secret, events};

type Key = Secret<String>;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub order_key: Key,
    }
);

fn main() {}
