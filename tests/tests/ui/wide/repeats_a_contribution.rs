use event_core::events;

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
        pub user_id: u64,
    }

    #[event(info, wide(UserContribution, ChatContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
