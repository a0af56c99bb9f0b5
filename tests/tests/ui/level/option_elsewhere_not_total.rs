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

    #[event(level = match state { Some(Open) => info, Some(Failed | TimedOut { .. }) => error })]
    pub struct ApiRequestFailed {
        pub state: Option<State>,
    }
);

fn main() {}
