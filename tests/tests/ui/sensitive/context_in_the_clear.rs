use event_core::events;

events!(
    #[domain(context(Caller))]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[group(context)]
    pub struct Caller {
        #[sensitive(clear = "support reads it")]
        pub caller_email: String,
    }
);

fn main() {}
