use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
