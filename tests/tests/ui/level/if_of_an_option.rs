use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = if expected { info } else { error })]
    pub struct ApiRequestFailed {
        pub expected: Option<bool>,
    }
);

fn main() {}
