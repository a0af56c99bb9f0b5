use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution {
        pub code: u16,
    }

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished {
        pub code: u16,
    }
);

fn main() {}
