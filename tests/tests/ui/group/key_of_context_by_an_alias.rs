use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[group(context)]
    pub struct Request {
        pub request_id: u64,
    }

    #[event(error, context(Request))]
    pub struct PaymentProcessFailed {
        #[field(alias("request_id"))]
        pub request: Option<u64>,
    }
);

fn main() {}
