use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserPart {
        pub code: u16,
    }

    #[event(info, wide(UserPart))]
    pub struct RequestHandleFinished {
        pub code: u16,
    }
);

fn main() {}
