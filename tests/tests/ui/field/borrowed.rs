use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub amount: Option<&'a i64>,
    }
);

fn main() {}
