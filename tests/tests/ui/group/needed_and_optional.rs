use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[group(context)]
    pub struct Caller {
        pub caller: u32,
    }

    #[event(info, context(Caller), optional_context(Caller))]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn main() {}
