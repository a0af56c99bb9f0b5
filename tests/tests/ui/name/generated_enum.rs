use event_core::events;

events!(
    #[domain(rename = "push")]
    pub enum PushDomain {
        Send,
    }

    #[event(info)]
    pub struct PushSendCompleted {
        pub count: u32,
    }

    #[event(info)]
    pub struct PushEvent {
        pub count: u32,
    }
);

fn main() {}
