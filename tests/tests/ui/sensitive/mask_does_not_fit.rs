use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(last4)]
        pub card_number: u64,
    }
);

fn main() {}
