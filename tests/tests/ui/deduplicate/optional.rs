use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate(order_id, attempt))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        pub attempt: Option<u32>,
    }
);

fn main() {}
