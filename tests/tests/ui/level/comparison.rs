use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = if retries > 3 { error } else { info })]
    pub struct ApiRequestFailed {
        pub retries: u32,
    }
);

fn main() {}
