use event_core::{Secret, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(clear = "the fraud desk reads it")]
        pub order_key: Secret<String>,
    }
);

fn main() {}
