#![deny(deprecated)]

use event_core::events;

events!(
    #[domain(optional(action))]
    pub enum Import {}

    #[event(info)]
    pub struct ImportStarted {
        pub rows: u64,
    }
);

fn main() {}
