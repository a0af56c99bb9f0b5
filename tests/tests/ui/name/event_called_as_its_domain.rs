use event_core::events;

events!(
    #[domain(optional(action, status))]
    pub enum Push {}

    #[event(info)]
    pub struct Push {
        pub commits: u32,
    }
);

fn main() {}
