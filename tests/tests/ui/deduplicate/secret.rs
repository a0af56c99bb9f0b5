use event_core::{Secret, events};

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate(order_id, api_key))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        #[sensitive(hash)]
        pub api_key: Secret<String>,
    }
);

fn main() {}
