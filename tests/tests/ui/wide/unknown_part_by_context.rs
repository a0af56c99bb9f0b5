use event_core::{Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserPart {
        pub user_id: u64,
    }

    #[group]
    pub struct ChatPart {
        pub chat_id: u64,
    }

    #[event(info, wide(UserPart))]
    pub struct RequestHandleFinished {
        pub code: u16,
    }
);

fn main() {
    RequestHandleFinished::merge(&ChatPart { chat_id: 7 });
}
