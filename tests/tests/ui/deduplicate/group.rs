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

    #[event(info, deduplicate(order_id, place))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        #[group]
        pub place: Place,
    }
);

fn main() {}
