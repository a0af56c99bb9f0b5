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

    #[event(info)]
    pub struct RequestHandleFinished;
);

fn main() {
    let unit = RequestHandleFinished::unit(|| RequestHandleFinished);
    unit.flush(RequestHandleFinished);
}
