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

    #[event(info, wide(UserPart))]
    pub struct RequestHandleFinished {
        pub incomplete: bool,
    }
);

fn main() {}
