use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(drop)]
        pub card_number: String,
    }
);

fn main() {}
