use event_core::{Wide, events};

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
        pub code: u16,
    }
);

#[deny(unused_must_use)]
fn main() {
    RequestHandleFinished::unit(|| RequestHandleFinished { code: 499 });
}
