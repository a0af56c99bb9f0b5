use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match cod { 400..=499 => warning, _ => error })]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
