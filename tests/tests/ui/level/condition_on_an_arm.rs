use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { _ if true => error, _ => info })]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
