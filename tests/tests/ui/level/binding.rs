use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { 500.. => error, other => info })]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
