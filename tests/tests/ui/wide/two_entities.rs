use event_core::{Str, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution<'a> {
        #[entity]
        pub user_id: Str<'a>,
    }

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished<'a> {
        #[entity]
        pub request_id: Str<'a>,
    }
);

fn main() {}
