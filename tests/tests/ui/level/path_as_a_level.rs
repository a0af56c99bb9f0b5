use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = Level::Error)]
    pub struct ApiRequestFailed {
        pub code: u16,
    }
);

fn main() {}
