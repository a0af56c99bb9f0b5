use event_core::{Str, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2)]
    pub struct PaymentProcessFailed<'a> {
        pub order_id: Str<'a>,
        pub amount_cents: i64,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1<'a> {
        pub order_id: Str<'a>,
        pub amount: i64,
    }
);

fn main() {}
