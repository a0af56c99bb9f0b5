use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { 404 => warning, _ => error })]
    pub struct ApiRequestFailed {
        pub code: String,
    }
);

fn main() {}
