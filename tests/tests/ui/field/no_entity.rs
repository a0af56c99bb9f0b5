use event_core::events;

events!(
    #[domain(require(entity))]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub order_id: String,
    }
);

fn main() {}
