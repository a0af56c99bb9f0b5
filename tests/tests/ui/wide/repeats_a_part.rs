use event_core::events;

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
        pub user_id: u64,
    }

    #[event(info, wide(UserPart, ChatPart))]
    pub struct RequestHandleFinished;
);

fn main() {}
