use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match state { TimedOut => error, _ => info })]
    pub struct ApiRequestFailed {
        pub state: String,
    }
);

fn main() {}
