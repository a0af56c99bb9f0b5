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

    #[event(info, wide(UserContribution, UserContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
