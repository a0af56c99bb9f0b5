use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct DeployPart {
        pub service: u64,
        pub event_id: u64,
        pub incomplete: bool,
    }

    #[event(info, wide(DeployPart))]
    pub struct RequestHandleFinished;
);

fn main() {}
