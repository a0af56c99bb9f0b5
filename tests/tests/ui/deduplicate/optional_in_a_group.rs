use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[group]
    pub struct Try {
        #[field(skip_none)]
        pub attempt: Option<u32>,
    }

    #[event(info, deduplicate(order_id, attempt))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        #[group]
        pub tried: Try,
    }
);

fn main() {}
