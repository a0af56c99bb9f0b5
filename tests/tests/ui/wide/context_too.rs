use event_core::{Str, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group(context)]
    pub struct UserContribution<'a> {
        pub user_id: Str<'a>,
    }

    #[event(info, context(UserContribution), wide(UserContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
