use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate(order_id, amount))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        pub amount: f64,
    }
);

fn main() {}
