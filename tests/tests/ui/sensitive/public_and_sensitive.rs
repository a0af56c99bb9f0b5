use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(public)]
        #[sensitive(last4)]
        pub card_number: String,
    }
);

fn main() {}
