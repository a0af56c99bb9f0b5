use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { 500.. => error, _ => info })]
    pub struct ApiRequestFailed {
        pub code: Option<u16>,
    }
);

fn main() {}
