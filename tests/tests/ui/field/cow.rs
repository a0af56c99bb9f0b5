use event_core::events;
use std::borrow::Cow;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed<'a> {
        pub reason: Cow<'a, str>,
        pub code: Option<Cow<'a, str>>,
    }
);

fn main() {}
