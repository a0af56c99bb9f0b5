use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, expires = "2027-02-29")]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
