use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[group]
    pub struct Request {
        pub request_id: u64,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[field(alias("request_id"))]
        pub request: Option<u64>,
        #[group]
        pub of: Request,
    }
);

fn main() {}
