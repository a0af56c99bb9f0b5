use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Charge,
    }

    #[event(info, deduplicate(user_email))]
    pub struct PaymentChargeCompleted {
        #[sensitive(clear = "support needs it")]
        pub user_email: String,
    }
);

fn main() {}
