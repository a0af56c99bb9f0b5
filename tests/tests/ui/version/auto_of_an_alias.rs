use event_core::events;

pub type Maybe<T> = Option<T>;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
        pub reason: Maybe<String>,
    }

    #[event(error)]
    pub struct PaymentProcessFailedV1 {
        pub amount: i64,
    }
);

fn main() {}
