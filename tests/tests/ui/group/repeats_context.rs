use event_core::events;

events!(
    #[domain(context(Caller))]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub caller: String,
    }

    #[group(context)]
    pub struct Caller {
        pub caller: String,
    }
);

fn main() {}
