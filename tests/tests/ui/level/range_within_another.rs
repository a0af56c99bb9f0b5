use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { 400..=499 => warning, 404 => info, _ => error })]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
