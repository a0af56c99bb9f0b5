use event_core::{UpcastFrom, Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution {
        pub user_id: u64,
    }

    #[event(info, version = 2)]
    pub struct RequestHandleFinished;

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinishedV1;
);

impl UpcastFrom<RequestHandleFinishedV1> for RequestHandleFinished {
    fn upcast(_: RequestHandleFinishedV1) -> Self {
        Self
    }
}

fn add<E: Wide>(_: impl FnOnce() -> E) {}

fn main() {
    add(|| RequestHandleFinishedV1);
}
