use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        #[event(error)]
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed;
);

fn main() {}
