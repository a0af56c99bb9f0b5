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

    #[event(info)]
    pub struct RequestHandleCompleted;
);

fn main() {
    let unit = RequestHandleFinished::unit(|| RequestHandleFinished { code: 499 });
    unit.flush(RequestHandleCompleted);
}
