use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match expected { true => info })]
    pub struct ApiRequestFailed {
        pub expected: bool,
    }
);

fn main() {}
