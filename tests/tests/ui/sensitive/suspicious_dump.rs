use event_core::events;
use std::collections::BTreeMap;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        pub headers: BTreeMap<String, String>,
    }
);

fn main() {}
