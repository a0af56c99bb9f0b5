use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = if !expected { error } else { info })]
    pub struct ApiRequestFailed {
        pub expected: bool,
    }
);

fn main() {}
