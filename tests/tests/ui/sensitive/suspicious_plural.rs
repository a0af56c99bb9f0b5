use event_core::events;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        pub api_keys: Vec<String>,
    }
);

fn main() {}
