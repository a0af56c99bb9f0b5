use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match expected { true => info, false => error, _ => critical })]
    pub struct ApiRequestFailed {
        pub expected: bool,
    }
);

fn main() {}
