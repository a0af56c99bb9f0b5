use cross_crate::Peer;
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
        pub caller: String,
        #[group]
        pub peer: Peer,
    }
);

fn main() {}
