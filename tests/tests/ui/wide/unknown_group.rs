use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[event(info, wide(UserPart))]
    pub struct RequestHandleFinished;
);

fn main() {}
