use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[cfg_attr(not(test), sensitive(email))]
        pub customer: String,
    }
);

fn main() {}
