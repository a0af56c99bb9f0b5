use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate(order_id, card_number))]
    pub struct PaymentChargeCompleted {
        pub order_id: String,
        #[sensitive(last4)]
        pub card_number: String,
    }
);

fn main() {}
