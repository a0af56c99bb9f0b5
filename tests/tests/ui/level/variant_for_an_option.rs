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

    #[event(level = match state { Failed => error, _ => info })]
    pub struct ApiRequestFailed {
        pub state: Option<State>,
    }
);

fn main() {}
