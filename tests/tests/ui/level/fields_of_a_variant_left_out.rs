use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[value]
    pub enum State {
        Open,
        Failed,
        TimedOut { after_ms: u64 },
    }

    #[event(level = match state { TimedOut => error, _ => info })]
    pub struct ApiRequestFailed {
        pub state: State,
    }
);

fn main() {}
