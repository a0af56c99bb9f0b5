use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(last3)]
        pub card_number: String,
    }
);

fn main() {}
