use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(last4, hash)]
        pub card_number: String,
    }
);

fn main() {}
