use event_core::events;

events!(
    #[domain(rename = "push.mobile")]
    pub enum PushDomain {
        Send,
    }

    #[event(info)]
    pub struct PushSendCompleted {
        pub count: u32,
    }
);

fn main() {}
