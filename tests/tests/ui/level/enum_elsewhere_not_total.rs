use event_core::{EventValue, events};

#[derive(EventValue)]
pub enum State {
    Open,
    Failed,
    TimedOut { after_ms: u64 },
}

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match state { Open => info, Failed => error })]
    pub struct ApiRequestFailed {
        pub state: State,
    }
);

fn main() {}
