use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[group]
    pub struct Place {
        pub zone: u16,
    }

    #[event(info, deduplicate(order_id, atempt, region))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        pub attempt: u32,
        #[group]
        pub place: Place,
    }
);

fn main() {}
