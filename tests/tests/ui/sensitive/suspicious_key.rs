use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(rename = "card_number")]
        pub number: String,
    }
);

fn main() {}
