use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[value]
    pub enum Outcome {
        Paid,
        Refused(Vec<String>),
    }

    #[event(info, deduplicate(order_id, outcome))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        pub outcome: Outcome,
    }
);

fn main() {}
