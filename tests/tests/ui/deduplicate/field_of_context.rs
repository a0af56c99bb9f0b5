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

    #[group(context)]
    pub struct Caller {
        pub request: u16,
    }

    #[event(info, context(Caller), deduplicate(order_id, request))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        #[group]
        pub place: Place,
    }
);

fn main() {}
