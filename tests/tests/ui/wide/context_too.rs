use event_core::{Str, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group(context)]
    pub struct UserPart<'a> {
        pub user_id: Str<'a>,
    }

    #[event(info, context(UserPart), wide(UserPart))]
    pub struct RequestHandleFinished;
);

fn main() {}
