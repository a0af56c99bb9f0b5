use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = "error")]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
