use event_core::{Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution {
        pub user_id: u64,
    }

    #[group]
    pub struct ChatContribution {
        pub chat_id: u64,
    }

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished {
        pub code: u16,
    }
);

fn main() {
    RequestHandleFinished::merge(&ChatContribution { chat_id: 7 });
}
