use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct SampleContribution {
        pub sample_rate: f64,
    }

    #[event(info, wide(SampleContribution))]
    pub struct RequestHandleFinished;
);

fn main() {}
