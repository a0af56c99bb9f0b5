use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[value]
    pub struct Code(#[sensitive(last4)] pub String);

    #[event(info, deduplicate(order_id, code))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        pub code: Code,
    }
);

fn main() {}
