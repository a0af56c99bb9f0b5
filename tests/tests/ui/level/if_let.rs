use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = if let Some(code) = code { error } else { info })]
    pub struct ApiRequestFailed {
        pub code: Option<u16>,
    }
);

fn main() {}
