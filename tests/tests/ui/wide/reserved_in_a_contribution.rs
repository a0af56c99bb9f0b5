use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct DeployContribution {
        pub service: u64,
        pub event_id: u64,
        pub incomplete: bool,
    }

    #[event(info, wide(DeployContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
