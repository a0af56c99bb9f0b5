use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match code { Some(500..) => error, Some(..=399) => info })]
    pub struct ApiRequestFailed {
        pub code: Option<u16>,
    }
);

fn main() {}
