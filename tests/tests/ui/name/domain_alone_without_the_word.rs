use event_core::events;

events!(
    #[domain(rename = "push", optional(status))]
    pub enum PushDomain {}

    #[event(info)]
    pub struct Push {
        pub commits: u32,
    }
);

fn main() {}
