use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code {})]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
