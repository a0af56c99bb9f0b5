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

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished {
        pub incomplete: bool,
    }
);

fn main() {}
