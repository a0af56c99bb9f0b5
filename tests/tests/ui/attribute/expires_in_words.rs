use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, expires = "30.06.2027")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
