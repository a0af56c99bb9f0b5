use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate = "order_id")]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
    }
);

fn main() {}
