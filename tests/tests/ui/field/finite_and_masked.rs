use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(finite)]
        #[sensitive(drop)]
        pub amount: Option<f64>,
    }
);

fn main() {}
