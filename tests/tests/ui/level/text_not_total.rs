use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match reason { "timeout" => warning, "refused" => error })]
    pub struct ApiRequestFailed {
        pub reason: String,
    }
);

fn main() {}
